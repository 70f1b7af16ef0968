package io.github.transfuse.torch.nn;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution with "same" padding over two or three axes: [B, in, (D,) H, W] to [B, out, (D / stride,) H / stride, W /
 * stride].
 */
public final class Conv extends Layer {

    private final Tensor weight;
    private final Optional<Tensor> bias;
    private final Kernel kernel;

    Conv(Kernel kernel, int in, int out, boolean bias) {
        long[] extent = kernel.extent();
        long[] shape = new long[2 + extent.length];
        shape[0] = out;
        shape[1] = in;
        System.arraycopy(extent, 0, shape, 2, extent.length);
        weight = parameter("weight", torch.zeros(shape));
        this.bias = bias ? Optional.of(parameter("bias", torch.zeros(out))) : Optional.empty();
        this.kernel = kernel;
    }

    Tensor forward(Tensor x) {
        TensorOptional offset = bias.map(Tensors::optional).orElseGet(TensorOptional::new);
        long[] stride = kernel.strides();
        return stride.length == 2
                ? torch.conv2d(x, weight, offset, stride, kernel.padding(), kernel.dilation(), 1)
                : torch.conv3d(x, weight, offset, stride, kernel.padding(), kernel.dilation(), 1);
    }

    /** The kernels, [out, in, (k,) k, k]. */
    public Tensor weight() {
        return weight;
    }

    /** One number per output channel, if there are any. */
    public Optional<Tensor> bias() {
        return bias;
    }
}
