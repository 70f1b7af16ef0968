package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;

/**
 * The three outputs of the network, each [B, K, (D,) H, W].
 *
 * @param mapX head on the deepest fused map f0
 * @param map1 head on the transformer's finest map t2
 * @param map2 head on the last decoder stage: the prediction
 */
public record Logits(Tensor mapX, Tensor map1, Tensor map2) {}
