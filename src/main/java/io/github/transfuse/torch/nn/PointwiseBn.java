package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;

/** A 1x1 convolution ({@code 0}) and its batch normalisation ({@code 1}). */
final class PointwiseBn extends Layer {

    private final Conv2d conv;
    private final BatchNorm2d bn;

    private PointwiseBn(Conv2d conv, int channels) {
        this.conv = child("0", conv);
        this.bn = child("1", new BatchNorm2d(channels));
    }

    /** A 1x1 convolution with bias and its batch normalisation. */
    static PointwiseBn pointwise(int in, int out) {
        return new PointwiseBn(new Conv2d(in, out, 1, true), out);
    }

    /** The projection of a residual shortcut: a 1x1 convolution with stride and without bias. */
    static PointwiseBn projection(int in, int out, int stride) {
        return new PointwiseBn(new Conv2d(in, out, 1, stride, false), out);
    }

    Tensor forward(Tensor x) {
        return bn.forward(conv.forward(x));
    }

    Conv2d conv() {
        return conv;
    }

    BatchNorm2d bn() {
        return bn;
    }
}
