package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.nn.Folded;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Operations one after the other, where oneDNN has none: in builds of libtorch without it, or for bf16 on older
 * processors, where they are slow but right.
 */
final class TorchKernels implements Kernels {

    private static final long[] ONES = {1, 1};

    private final Kept kept = new Kept();
    private final ScalarType format;

    TorchKernels(ScalarType format) {
        this.format = format;
    }

    @Override
    public Unary conv(Folded weights, int stride, Activation activation) {
        Tensor kernels = kept.keep(weights.weight().to(format).contiguous(MemoryFormat.ChannelsLast));
        TensorOptional bias =
                kept.keep(new TensorOptional(kept.keep(weights.bias().to(format))));
        long same = (kernels.size(2) - 1) / 2;
        long[] padding = {same, same};
        long[] strides = {stride, stride};
        return x -> activation.apply(torch.conv2d(x, kernels, bias, strides, padding, ONES, 1));
    }

    @Override
    public Binary conv(Folded weights, Join join, Activation activation) {
        Unary conv = conv(weights, 1, Activation.NONE);
        return (x, other) -> activation.apply(join.apply(conv.apply(x), other));
    }

    @Override
    public Unary linear(Folded weights, Activation activation) {
        Tensor matrix = kept.keep(weights.weight().to(format));
        TensorOptional bias =
                kept.keep(new TensorOptional(kept.keep(weights.bias().to(format))));
        return x -> activation.apply(torch.linear(x, matrix, bias));
    }

    @Override
    public Binary linearAdd(Folded weights) {
        Unary linear = linear(weights, Activation.NONE);
        return (x, other) -> linear.apply(x).add_(other);
    }

    @Override
    public void close() {
        kept.close();
    }
}
