package io.github.transfuse.torch.infer;

import io.github.transfuse.engine.LayerProfile.Layer;
import io.github.transfuse.torch.nn.Folded;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Kernels that keep account of their calls: operations of one kind and shape together. */
final class TimedKernels implements Kernels {

    private final Kernels kernels;
    private final Map<String, Account> accounts = new LinkedHashMap<>();

    TimedKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Forgets what was counted. */
    void restart() {
        accounts.clear();
    }

    /** What one prediction costs, the mean of those since {@link #restart}; the slowest first. */
    List<Layer> layers(int predictions) {
        return accounts.entrySet().stream()
                .map(entry -> entry.getValue().layer(entry.getKey(), predictions))
                .sorted(Comparator.comparingDouble(Layer::ms).reversed())
                .toList();
    }

    @Override
    public Unary conv(Folded weights, int stride, Activation activation) {
        Unary conv = kernels.conv(weights, stride, activation);
        Shape shape = Shape.of(weights);
        return x -> timed(shape, () -> conv.apply(x));
    }

    @Override
    public Binary conv(Folded weights, Join join, Activation activation) {
        Binary conv = kernels.conv(weights, join, activation);
        Shape shape = Shape.of(weights);
        return (x, other) -> timed(shape, () -> conv.apply(x, other));
    }

    @Override
    public Unary linear(Folded weights, Activation activation) {
        Unary linear = kernels.linear(weights, activation);
        Shape shape = Shape.of(weights);
        return x -> timed(shape, () -> linear.apply(x));
    }

    @Override
    public Binary linearAdd(Folded weights) {
        Binary linear = kernels.linearAdd(weights);
        Shape shape = Shape.of(weights);
        return (x, other) -> timed(shape, () -> linear.apply(x, other));
    }

    private Tensor timed(Shape shape, Supplier<Tensor> work) {
        long start = System.nanoTime();
        Tensor result = work.get();
        long nanos = System.nanoTime() - start;
        accounts.computeIfAbsent(shape.name(result), name -> new Account()).add(nanos, shape.flop(result));
        return result;
    }

    @Override
    public void close() {
        kernels.close();
    }

    /** The shape of weights: [out, in, k, k], or [out, in]. */
    private record Shape(boolean conv, long out, long in, long kernel) {
        static Shape of(Folded weights) {
            Tensor weight = weights.weight();
            boolean conv = weight.dim() == 4;
            return new Shape(conv, weight.size(0), weight.size(1), conv ? weight.size(2) : 1);
        }

        String name(Tensor result) {
            return conv
                    ? "conv %dx%d, %d to %d, %dx%d".formatted(kernel, kernel, in, out, result.size(2), result.size(3))
                    : "linear %d to %d, %d tokens".formatted(in, out, result.numel() / out);
        }

        double flop(Tensor result) {
            return 2.0 * result.numel() * in * kernel * kernel;
        }
    }

    /** Sums over calls. */
    private static final class Account {
        private long calls;
        private long nanos;
        private double flop;

        void add(long callNanos, double callFlop) {
            calls++;
            nanos += callNanos;
            flop += callFlop;
        }

        Layer layer(String name, int predictions) {
            return new Layer(name, calls / predictions, flop / predictions / 1e9, nanos / 1e6 / predictions);
        }
    }
}
