package io.github.transfuse.torch.infer;

import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.ActivationRanges.Range;
import io.github.transfuse.torch.nn.Folded;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Kernels that watch which numbers reach each operation, in the order in which the operations were made. A range is the mean
 * of the least and of the largest numbers of all calls: with the extremes of all a single far number would make every step
 * coarse (the model nuclei loses 0.004 of its object F1 in int8 so, and 0.001 with the means).
 */
final class RangeKernels implements Kernels {

    private final Kernels kernels;
    private final List<Seen> seen = new ArrayList<>();

    RangeKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /** What reached each operation since it was made; zeros where nothing did. */
    ActivationRanges ranges() {
        return new ActivationRanges(seen.stream().map(Seen::range).toList());
    }

    private Seen next() {
        Seen next = new Seen();
        seen.add(next);
        return next;
    }

    private Unary watched(Unary operation) {
        Seen inputs = next();
        return x -> {
            inputs.add(x);
            return operation.apply(x);
        };
    }

    private Binary watched(Binary operation) {
        Seen inputs = next();
        return (x, other) -> {
            inputs.add(x);
            return operation.apply(x, other);
        };
    }

    @Override
    public Unary conv(Folded weights, int stride, Activation activation) {
        return watched(kernels.conv(weights, stride, activation));
    }

    @Override
    public Binary conv(Folded weights, Join join, Activation activation) {
        return watched(kernels.conv(weights, join, activation));
    }

    @Override
    public Unary linear(Folded weights, Activation activation) {
        return watched(kernels.linear(weights, activation));
    }

    @Override
    public Binary linearAdd(Folded weights) {
        return watched(kernels.linearAdd(weights));
    }

    @Override
    public void close() {
        kernels.close();
    }

    /** Sums over the calls of an operation. */
    private static final class Seen {
        private double least;
        private double most;
        private long calls;

        void add(Tensor x) {
            least += Math.min(0, x.min().item_float());
            most += Math.max(0, x.max().item_float());
            calls++;
        }

        Range range() {
            return calls == 0 ? Range.ZERO : new Range((float) (least / calls), (float) (most / calls));
        }
    }
}
