package io.github.transfuse.torch.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A convolution, then batch normalisation and ReLU where asked for; names {@code conv}, {@code bn}. */
public final class ConvBnRelu extends Layer {

    private final Conv2d conv;
    private final Optional<BatchNorm2d> bn;
    private final boolean relu;

    private ConvBnRelu(Conv2d conv, Optional<BatchNorm2d> bn, boolean relu) {
        this.conv = child("conv", conv);
        this.bn = bn.map(layer -> child("bn", layer));
        this.relu = relu;
    }

    /** The convolution alone, with bias. */
    static ConvBnRelu plain(int in, int out, int kernel) {
        return new ConvBnRelu(new Conv2d(in, out, kernel, true), Optional.empty(), false);
    }

    /** Convolution with bias and batch normalisation. */
    static ConvBnRelu normalized(int in, int out, int kernel) {
        return new ConvBnRelu(new Conv2d(in, out, kernel, true), Optional.of(new BatchNorm2d(out)), false);
    }

    /** Convolution without bias and batch normalisation. */
    static ConvBnRelu unbiased(int in, int out, int kernel) {
        return new ConvBnRelu(new Conv2d(in, out, kernel, false), Optional.of(new BatchNorm2d(out)), false);
    }

    /** Convolution with bias, batch normalisation and ReLU. */
    static ConvBnRelu activated(int in, int out, int kernel) {
        return new ConvBnRelu(new Conv2d(in, out, kernel, true), Optional.of(new BatchNorm2d(out)), true);
    }

    Tensor forward(Tensor x) {
        Tensor convolved = conv.forward(x);
        Tensor normalized = bn.map(layer -> layer.forward(convolved)).orElse(convolved);
        return relu ? torch.relu_(normalized) : normalized;
    }

    /** The convolution. */
    public Conv2d conv() {
        return conv;
    }

    /** The batch normalisation behind it. */
    public Optional<BatchNorm2d> bn() {
        return bn;
    }

    /** Whether a ReLU follows. */
    public boolean relu() {
        return relu;
    }
}
