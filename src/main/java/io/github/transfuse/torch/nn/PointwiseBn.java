package io.github.transfuse.torch.nn;

import io.github.transfuse.network.PointwiseSpec;
import org.bytedeco.pytorch.Tensor;

/** A 1x1 convolution and its batch normalisation. */
public final class PointwiseBn extends Layer {

    private final Conv conv;
    private final BatchNorm bn;

    PointwiseBn(PointwiseSpec spec) {
        conv = child(spec.conv(), Conv::new);
        bn = child(spec.norm(), BatchNorm::new);
    }

    Tensor forward(Tensor x) {
        return bn.forward(conv.forward(x));
    }

    /** The convolution. */
    public Conv conv() {
        return conv;
    }

    /** The convolution with its batch normalisation. */
    public Folded folded() {
        return conv.absorb(bn);
    }
}
