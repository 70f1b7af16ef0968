package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.nn.Folded;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * oneDNN's operations that do the activation and a sum or product before the result leaves the cache, on weights stored
 * in the order that its kernels read.
 */
final class OneDnnKernels implements Kernels {

    private static final long[] ONES = {1, 1};

    private final Kept kept = new Kept();
    private final ScalarType format;
    private final BoxedOperator conv;
    private final BoxedOperator convBinary;
    private final BoxedOperator linear;
    private final BoxedOperator linearBinary;
    private final BoxedOperator packLinear;

    OneDnnKernels(ScalarType format) {
        this.format = format;
        conv = new BoxedOperator(kept, "mkldnn::_convolution_pointwise", "");
        convBinary = new BoxedOperator(kept, "mkldnn::_convolution_pointwise", "binary");
        linear = new BoxedOperator(kept, "mkldnn::_linear_pointwise", "");
        linearBinary = new BoxedOperator(kept, "mkldnn::_linear_pointwise", "binary");
        packLinear = new BoxedOperator(kept, "mkldnn::_reorder_linear_weight", "");
    }

    /** Whether this build of libtorch has oneDNN, and oneDNN code for the format on this processor. */
    static boolean available(ScalarType format) {
        return Context.hasMKLDNN() && (format == ScalarType.Float || packs(format));
    }

    /** Tried, because libtorch refuses: bf16 needs AVX-512 or ARM's instructions for it. */
    private static boolean packs(ScalarType format) {
        try (PointerScope scope = new PointerScope();
                OneDnnKernels kernels = new OneDnnKernels(format)) {
            kernels.packedKernels(torch.zeros(1, 1, 1, 1), 1, 0);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public Unary conv(Folded weights, int stride, Activation activation) {
        long same = (weights.weight().size(2) - 1) / 2;
        IValue kernels = conv.box(packedKernels(weights.weight(), stride, same));
        IValue bias = conv.box(kept.keep(weights.bias().to(format)));
        return unary(kernels, bias, new long[] {same, stride}, activation);
    }

    private Unary unary(IValue kernels, IValue bias, long[] paddingAndStride, Activation activation) {
        IValue padding = conv.boxList(3, paddingAndStride[0], paddingAndStride[0]);
        IValue strides = conv.boxList(4, paddingAndStride[1], paddingAndStride[1]);
        IValue dilation = conv.boxList(5, ONES);
        IValue groups = conv.box(1);
        IValue attribute = conv.box(activation.attribute());
        IValue scalars = conv.boxList(8);
        IValue algorithm = conv.none();
        return x -> conv.call(
                new IValue(x), kernels, bias, padding, strides, dilation, groups, attribute, scalars, algorithm);
    }

    @Override
    public Binary conv(Folded weights, Join join, Activation activation) {
        long same = (weights.weight().size(2) - 1) / 2;
        IValue kernels = convBinary.box(packedKernels(weights.weight(), 1, same));
        IValue bias = convBinary.box(kept.keep(weights.bias().to(format)));
        Binary fused = binary(kernels, bias, same, join, activation);
        Unary alone = unary(kernels, bias, new long[] {same, 1}, Activation.NONE);
        // The fused operation cannot tell the layout of a map of one pixel and fails
        return (x, other) ->
                x.size(2) * x.size(3) > 1 ? fused.apply(x, other) : activation.apply(join.apply(alone.apply(x), other));
    }

    private Binary binary(IValue kernels, IValue bias, long same, Join join, Activation activation) {
        IValue padding = convBinary.boxList(4, same, same);
        IValue one = convBinary.boxList(5, ONES);
        IValue groups = convBinary.box(1);
        IValue attribute = convBinary.box(join.attribute());
        IValue none = convBinary.none();
        IValue unary = activation == Activation.NONE ? none : convBinary.box(activation.attribute());
        IValue scalars = convBinary.boxList(11);
        return (x, other) -> convBinary.call(
                new IValue(x),
                new IValue(other),
                kernels,
                bias,
                padding,
                one,
                one,
                groups,
                attribute,
                none,
                unary,
                scalars,
                none);
    }

    @Override
    public Unary linear(Folded weights, Activation activation) {
        IValue matrix = linear.box(packedMatrix(weights.weight()));
        IValue bias = linear.box(kept.keep(weights.bias().to(format)));
        IValue attribute = linear.box(activation.attribute());
        IValue scalars = linear.boxList(4);
        IValue algorithm = linear.box(activation == Activation.GELU ? "none" : "");
        return x -> linear.call(new IValue(x), matrix, bias, attribute, scalars, algorithm);
    }

    @Override
    public Binary linearAdd(Folded weights) {
        IValue matrix = linearBinary.box(packedMatrix(weights.weight()));
        IValue bias = linearBinary.box(kept.keep(weights.bias().to(format)));
        IValue attribute = linearBinary.box(Join.ADD.attribute());
        return (x, other) -> linearBinary.call(new IValue(x), new IValue(other), matrix, bias, attribute);
    }

    private Tensor packedKernels(Tensor weight, long stride, long padding) {
        Tensor dense = weight.to(format).contiguous(MemoryFormat.ChannelsLast);
        return kept.keep(torch.mkldnn_reorder_conv2d_weight(
                dense.to_mkldnn(new ScalarTypeOptional()),
                new long[] {padding, padding},
                new long[] {stride, stride},
                ONES,
                1,
                new LongArrayRefOptional()));
    }

    private Tensor packedMatrix(Tensor weight) {
        Tensor dense = weight.to(format).contiguous();
        return kept.keep(packLinear.call(new IValue(dense), packLinear.none()));
    }

    @Override
    public void close() {
        kept.close();
    }
}
