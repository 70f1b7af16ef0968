package io.github.transfuse.torch.infer;

import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ActivationRanges.Range;
import io.github.transfuse.torch.nn.Folded;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Convolutions and linear layers on whole numbers of 8 bits by oneDNN, which adds their products exactly. What lies between
 * them stays in float32: each operation rounds its input to the 256 steps of the range that was seen in a calibration,
 * its weights to 255 steps a channel, and gives float32.
 */
final class Int8Kernels implements Kernels {

    /** Operations on fewer channels cost little, and are the first and the last ones, where rounding is seen most. */
    private static final long MIN_CHANNELS = 16;

    /** Why a processor is not fit, a part of a sentence. */
    static final String INEXACT = "this processor has no instructions that add products of 8 bits without loss";

    private static final int STEPS = 255;

    /** Enough for a vector of any width. */
    private static final long CHANNELS = 64;

    private static final long[] ONES = {1, 1};

    private static final String OTHER_NETWORK = "The model's record of int8 is that of another network."
            + " 'transfuse evaluate --precision auto' makes a new one; precision=float32 needs none.";

    private final Kept kept = new Kept();
    private final Kernels exact;
    private final Iterator<Range> ranges;
    private final BoxedOperator conv;
    private final BoxedOperator packConv;
    private final BoxedOperator linear;
    private final BoxedOperator packLinear;

    /**
     * Kernels.
     *
     * @param exact for small operations; closed with this
     * @param ranges of all operations, in the order in which they will be made
     */
    Int8Kernels(Kernels exact, ActivationRanges ranges) {
        this.exact = exact;
        this.ranges = ranges.ranges().iterator();
        conv = new BoxedOperator(kept, "onednn::qconv2d_pointwise", "");
        packConv = new BoxedOperator(kept, "onednn::qconv_prepack", "");
        linear = new BoxedOperator(kept, "onednn::qlinear_pointwise", "");
        packLinear = new BoxedOperator(kept, "onednn::qlinear_prepack", "");
    }

    /**
     * Whether this build of libtorch on this processor adds products of 8 bits without loss. Processors without
     * instructions for it (AVX-512 VNNI, AVX-VNNI, AMX or ARM's) add pairs of them in 16 bits, which are too few.
     */
    static boolean isExact() {
        if (!Context.hasMKLDNN()) {
            return false;
        }
        ActivationRanges bytes = new ActivationRanges(List.of(new Range(0, STEPS), new Range(0, STEPS)));
        try (PointerScope scope = new PointerScope();
                Int8Kernels kernels = new Int8Kernels(new TorchKernels(ScalarType.Float), bytes)) {
            Tensor matrix = torch.ones(CHANNELS, CHANNELS).mul_(new Scalar(RoundedWeights.MAX_NUMBER));
            Folded weights = new Folded(matrix, torch.zeros(CHANNELS));
            Tensor x = torch.ones(1, CHANNELS).mul_(new Scalar((double) STEPS));
            double sum = CHANNELS * RoundedWeights.MAX_NUMBER * STEPS;
            Unary linear = kernels.linear(weights, Activation.NONE);
            Unary conv = kernels.conv(
                    new Folded(matrix.reshape(CHANNELS, CHANNELS, 1, 1), weights.bias()), 1, Activation.NONE);
            return isAll(linear.apply(x), sum) && isAll(conv.apply(x.reshape(1, CHANNELS, 1, 1)), sum);
        } catch (RuntimeException e) {
            // An operator that this build lacks, or that has no code for this processor
            return false;
        }
    }

    private static boolean isAll(Tensor sums, double expected) {
        return sums.min().item_float() == expected && sums.max().item_float() == expected;
    }

    private Range next() {
        if (!ranges.hasNext()) {
            throw new IllegalArgumentException(OTHER_NETWORK);
        }
        return ranges.next();
    }

    /** To be called when all operations are made. */
    void requireAllTaken() {
        if (ranges.hasNext()) {
            throw new IllegalArgumentException(OTHER_NETWORK);
        }
    }

    private static boolean isLarge(Folded weights) {
        return weights.weight().size(0) >= MIN_CHANNELS && weights.weight().size(1) >= MIN_CHANNELS;
    }

    @Override
    public Unary conv(Folded weights, int stride, Activation activation) {
        Range range = next();
        return isLarge(weights)
                ? int8Conv(weights, stride, activation, range)
                : exact.conv(weights, stride, activation);
    }

    @Override
    public Binary conv(Folded weights, Join join, Activation activation) {
        Range range = next();
        if (!isLarge(weights)) {
            return exact.conv(weights, join, activation);
        }
        Unary alone = int8Conv(weights, 1, Activation.NONE, range);
        return (x, other) -> activation.apply(join.apply(alone.apply(x), other));
    }

    private Unary int8Conv(Folded weights, int stride, Activation activation, Range range) {
        long same = (weights.weight().size(2) - 1) / 2;
        Boxes boxes = new Boxes(weights, range);
        IValue packed = packedKernels(boxes, stride, same);
        IValue strides = conv.boxList(7, stride, stride);
        IValue padding = conv.boxList(8, same, same);
        IValue dilation = conv.boxList(9, ONES);
        IValue groups = conv.box(1);
        boolean fused = activation != Activation.SIGMOID;
        IValue attribute = conv.box(fused ? activation.attribute() : Activation.NONE.attribute());
        IValue scalars = conv.boxList(15);
        IValue algorithm = conv.box("");
        return x -> {
            Tensor result = conv.call(
                    quantized(x, range),
                    boxes.scale,
                    boxes.zero,
                    packed,
                    boxes.steps,
                    boxes.zeroPoints,
                    boxes.bias,
                    strides,
                    padding,
                    dilation,
                    groups,
                    boxes.resultScale,
                    boxes.resultZero,
                    boxes.resultFormat,
                    attribute,
                    scalars,
                    algorithm);
            return fused ? result : activation.apply(result);
        };
    }

    private IValue packedKernels(Boxes boxes, long stride, long padding) {
        return conv.box(kept.keep(packConv.call(
                boxes.numbers,
                boxes.steps,
                boxes.scale,
                boxes.zero,
                packConv.boxList(4, stride, stride),
                packConv.boxList(5, padding, padding),
                packConv.boxList(6, ONES),
                packConv.box(1),
                packConv.none())));
    }

    @Override
    public Unary linear(Folded weights, Activation activation) {
        Range range = next();
        return isLarge(weights) ? int8Linear(weights, activation, range) : exact.linear(weights, activation);
    }

    @Override
    public Binary linearAdd(Folded weights) {
        Range range = next();
        if (!isLarge(weights)) {
            return exact.linearAdd(weights);
        }
        Unary alone = int8Linear(weights, Activation.NONE, range);
        return (x, other) -> alone.apply(x).add_(other);
    }

    private Unary int8Linear(Folded weights, Activation activation, Range range) {
        Boxes boxes = new Boxes(weights, range);
        IValue packed = linear.box(kept.keep(packLinear.call(boxes.numbers, packLinear.none())));
        IValue attribute = linear.box(activation.attribute());
        IValue scalars = linear.boxList(11);
        IValue algorithm = linear.box(activation == Activation.GELU ? "none" : "");
        return x -> linear.call(
                quantized(x, range),
                boxes.scale,
                boxes.zero,
                packed,
                boxes.steps,
                boxes.zeroPoints,
                boxes.bias,
                boxes.resultScale,
                boxes.resultZero,
                boxes.resultFormat,
                attribute,
                scalars,
                algorithm);
    }

    private static IValue quantized(Tensor x, Range range) {
        return new IValue(
                torch.int_repr(torch.quantize_per_tensor(x, range.step(), range.zeroPoint(), ScalarType.QUInt8)));
    }

    @Override
    public void close() {
        exact.close();
        kept.close();
    }

    /** What both kinds of operations are given; the result is float32, so its own scale is 1. */
    private final class Boxes {
        private final IValue scale;
        private final IValue zero;
        private final IValue numbers;
        private final IValue steps;
        private final IValue zeroPoints;
        private final IValue bias;
        private final IValue resultScale = kept.keep(new IValue(1.0));
        private final IValue resultZero = conv.box(0);
        private final IValue resultFormat = conv.box(ScalarType.Float.value);

        Boxes(Folded weights, Range range) {
            RoundedWeights rounded = RoundedWeights.of(weights.weight());
            scale = kept.keep(new IValue(range.step()));
            zero = conv.box(range.zeroPoint());
            numbers = conv.box(kept.keep(rounded.numbers()));
            steps = conv.box(kept.keep(rounded.steps()));
            zeroPoints = conv.box(kept.keep(rounded.zeroPoints()));
            bias = conv.box(kept.keep(weights.bias().to(ScalarType.Float)));
        }
    }
}
