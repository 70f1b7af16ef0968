package io.github.transfuse.torch.nn;

import io.github.transfuse.network.ConvSpec;
import io.github.transfuse.network.Kernel;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A convolution with "same" padding over two or three axes: [B, in, (D,) H, W] to [B, out, (D / stride,) H / stride, W /
 * stride].
 */
public final class Conv extends Layer {

    private final Tensor weight;
    private final Optional<Tensor> bias;
    private final Kernel kernel;

    Conv(ConvSpec spec) {
        weight = parameter(spec.weight());
        bias = spec.bias().map(this::parameter);
        kernel = spec.kernel();
    }

    Tensor forward(Tensor x) {
        TensorOptional offset = bias.map(Tensors::optional).orElseGet(TensorOptional::new);
        long[] stride = kernel.strides();
        return stride.length == 2
                ? torch.conv2d(x, weight, offset, stride, kernel.padding(), kernel.dilation(), 1)
                : torch.conv3d(x, weight, offset, stride, kernel.padding(), kernel.dilation(), 1);
    }

    /** The step between output pixels, the same along all axes. */
    public int stride() {
        return kernel.stride().get(0);
    }

    /** The convolution alone: its kernels as they are, and offsets, which are 0 where there are none. */
    public Folded folded() {
        return new Folded(weight.detach(), exactBias().to(ScalarType.Float));
    }

    /** The convolution and the batch normalisation behind it as one; computed in float64 and rounded once. */
    public Folded absorb(BatchNorm norm) {
        Tensor scale = norm.scale();
        long[] along = new long[Math.toIntExact(weight.dim())];
        Arrays.fill(along, 1);
        along[0] = -1;
        Tensor kernels = weight.detach().to(ScalarType.Double).mul(scale.reshape(along));
        Tensor mean = norm.mean().to(ScalarType.Double);
        Tensor offset = norm.bias().detach().to(ScalarType.Double);
        Tensor offsets = exactBias().sub(mean).mul(scale).add(offset);
        return new Folded(kernels.to(ScalarType.Float), offsets.to(ScalarType.Float));
    }

    private Tensor exactBias() {
        return bias.map(offsets -> offsets.detach().to(ScalarType.Double))
                .orElseGet(() -> weight.detach().to(ScalarType.Double).new_zeros(weight.size(0)));
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
