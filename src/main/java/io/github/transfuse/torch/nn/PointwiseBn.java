package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import org.bytedeco.pytorch.Tensor;

/** A 1x1 convolution ({@code 0}) and its batch normalisation ({@code 1}). */
final class PointwiseBn extends Layer {

    private final Conv conv;
    private final BatchNorm bn;

    private PointwiseBn(Conv conv, int channels) {
        this.conv = child("0", conv);
        this.bn = child("1", new BatchNorm(channels));
    }

    /** A 1x1 convolution with bias and its batch normalisation. */
    static PointwiseBn pointwise(Scales scales, int in, int out) {
        return new PointwiseBn(new Conv(Kernel.of(scales, 1), in, out, true), out);
    }

    /** The projection of a residual shortcut: a 1x1 convolution with stride and without bias. */
    static PointwiseBn projection(Scales scales, int in, int out, int stride) {
        return new PointwiseBn(new Conv(Kernel.strided(scales, 1, stride), in, out, false), out);
    }

    Tensor forward(Tensor x) {
        return bn.forward(conv.forward(x));
    }

    Conv conv() {
        return conv;
    }

    BatchNorm bn() {
        return bn;
    }
}
