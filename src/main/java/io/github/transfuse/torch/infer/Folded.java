package io.github.transfuse.torch.infer;

import org.bytedeco.pytorch.Tensor;

/**
 * Kernels or a matrix with everything linear behind them worked in.
 *
 * @param weight [out, in, k, k] or [out, in], float32
 * @param bias [out], float32
 */
record Folded(Tensor weight, Tensor bias) {}
