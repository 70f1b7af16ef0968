package io.github.transfuse.torch.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A convolution, then batch normalisation and ReLU where asked for; names {@code conv}, {@code bn}. */
public final class ConvBnRelu extends Layer {

    private final Conv conv;
    private final Optional<BatchNorm> bn;
    private final boolean relu;

    private ConvBnRelu(Conv conv, Optional<BatchNorm> bn, boolean relu) {
        this.conv = child("conv", conv);
        this.bn = bn.map(layer -> child("bn", layer));
        this.relu = relu;
    }

    /** The convolution alone, with bias. */
    static ConvBnRelu plain(Kernel kernel, int in, int out) {
        return new ConvBnRelu(new Conv(kernel, in, out, true), Optional.empty(), false);
    }

    /** Convolution with bias and batch normalisation. */
    static ConvBnRelu normalized(Kernel kernel, int in, int out) {
        return new ConvBnRelu(new Conv(kernel, in, out, true), Optional.of(new BatchNorm(out)), false);
    }

    /** Convolution without bias and batch normalisation. */
    static ConvBnRelu unbiased(Kernel kernel, int in, int out) {
        return new ConvBnRelu(new Conv(kernel, in, out, false), Optional.of(new BatchNorm(out)), false);
    }

    /** Convolution with bias, batch normalisation and ReLU. */
    static ConvBnRelu activated(Kernel kernel, int in, int out) {
        return new ConvBnRelu(new Conv(kernel, in, out, true), Optional.of(new BatchNorm(out)), true);
    }

    Tensor forward(Tensor x) {
        Tensor convolved = conv.forward(x);
        Tensor normalized = bn.map(layer -> layer.forward(convolved)).orElse(convolved);
        return relu ? torch.relu_(normalized) : normalized;
    }

    /** The convolution. */
    public Conv conv() {
        return conv;
    }

    /** The batch normalisation behind it. */
    public Optional<BatchNorm> bn() {
        return bn;
    }

    /** Whether a ReLU follows. */
    public boolean relu() {
        return relu;
    }
}
