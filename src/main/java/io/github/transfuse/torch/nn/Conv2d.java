package io.github.transfuse.torch.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution with square kernels and "same" padding: [B, in, H, W] to [B, out, H / stride, W / stride]. */
public final class Conv2d extends Layer {

    private final Tensor weight;
    private final Optional<Tensor> bias;
    private final int stride;
    private final int padding;

    /** A convolution with stride 1. */
    Conv2d(int in, int out, int kernel, boolean bias) {
        this(in, out, kernel, 1, bias);
    }

    Conv2d(int in, int out, int kernel, int stride, boolean bias) {
        weight = parameter("weight", torch.zeros(out, in, kernel, kernel));
        this.bias = bias ? Optional.of(parameter("bias", torch.zeros(out))) : Optional.empty();
        this.stride = stride;
        this.padding = (kernel - 1) / 2;
    }

    Tensor forward(Tensor x) {
        TensorOptional offset = bias.map(Tensors::optional).orElseGet(TensorOptional::new);
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        return torch.conv2d(x, weight, offset, strides, paddings, new long[] {1, 1}, 1);
    }

    /** The kernels, [out, in, k, k]. */
    public Tensor weight() {
        return weight;
    }

    /** One number per output channel, if there are any. */
    public Optional<Tensor> bias() {
        return bias;
    }

    /** Step between output pixels, in both directions. */
    public int stride() {
        return stride;
    }

    /** Zeros added on every side. */
    public int padding() {
        return padding;
    }
}
