package io.github.transfuse.torch.nn;

import io.github.transfuse.network.LinearSpec;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A fully connected layer with bias: [..., in] to [..., out]. */
public final class Linear extends Layer {

    private final Tensor weight;
    private final Tensor bias;

    Linear(LinearSpec spec) {
        weight = parameter(spec.weight());
        bias = parameter(spec.bias());
    }

    Tensor forward(Tensor x) {
        return torch.linear(x, weight, Tensors.optional(bias));
    }

    /** The matrix and the offsets as they are. */
    public Folded folded() {
        return new Folded(weight.detach(), bias.detach());
    }
}
