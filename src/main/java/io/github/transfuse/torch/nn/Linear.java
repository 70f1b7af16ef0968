package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A fully connected layer with bias: [..., in] to [..., out]. */
public final class Linear extends Layer {

    private final Tensor weight;
    private final Tensor bias;

    Linear(int in, int out) {
        weight = parameter("weight", torch.zeros(out, in));
        bias = parameter("bias", torch.zeros(out));
    }

    Tensor forward(Tensor x) {
        return torch.linear(x, weight, Tensors.optional(bias));
    }

    /** The matrix, [out, in]. */
    public Tensor weight() {
        return weight;
    }

    /** The offsets, [out]. */
    public Tensor bias() {
        return bias;
    }
}
