package io.github.transfuse.torch.nn;

import io.github.transfuse.network.LayerNormSpec;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Layer normalisation over the last axis with eps 1e-6, as in DeiT and ViT. */
public final class LayerNorm extends Layer {

    /** Added to the variance. */
    public static final double EPS = 1e-6;

    private final Tensor weight;
    private final Tensor bias;
    private final long[] shape;

    LayerNorm(LayerNormSpec spec) {
        weight = parameter(spec.weight());
        bias = parameter(spec.bias());
        shape = new long[] {spec.dim()};
    }

    Tensor forward(Tensor x) {
        return torch.layer_norm(x, shape, Tensors.optional(weight), Tensors.optional(bias), EPS, false);
    }

    /** Factor per element, [E]. */
    public Tensor weight() {
        return weight;
    }

    /** Offset per element, [E]. */
    public Tensor bias() {
        return bias;
    }
}
