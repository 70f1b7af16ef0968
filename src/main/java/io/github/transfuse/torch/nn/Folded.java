package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * What is left of a layer when the normalisation behind it is folded into it, in float32.
 *
 * @param weight kernels [out, in, k, k] or a matrix [out, in]
 * @param bias [out]
 */
public record Folded(Tensor weight, Tensor bias) {}
