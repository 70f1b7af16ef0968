package io.github.transfuse.torch.nn;

import io.github.transfuse.network.Role;
import io.github.transfuse.network.TensorSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.StoredTensor;
import io.github.transfuse.weights.TensorStore;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Moves weights between a network and stored tensors. */
public final class StateDict {

    private StateDict() {}

    /**
     * Fills every tensor of the network from the store. Batch counters and the unused class token may be missing.
     *
     * @param source what to call the store in errors, such as its path
     * @throws ModelFormatException naming missing, unexpected and wrongly shaped tensors, before anything is changed
     */
    public static void load(TransFuseNetwork network, TensorStore store, String source) throws ModelFormatException {
        Map<String, Tensor> wanted = network.stateDict();
        List<String> problems = differences(network.layers(), store);
        if (!problems.isEmpty()) {
            throw new ModelFormatException(source + " does not fit the network: "
                    + String.join("; ", problems.subList(0, Math.min(5, problems.size())))
                    + (problems.size() > 5 ? "; and " + (problems.size() - 5) + " more" : "")
                    + ". Check the variant, channels and classes in model.json.");
        }
        for (Map.Entry<String, Tensor> entry : wanted.entrySet()) {
            if (store.has(entry.getKey())) {
                copy(store.get(entry.getKey()), entry.getValue());
            }
        }
    }

    private static List<String> differences(TransFuseSpec layers, TensorStore store) throws ModelFormatException {
        List<String> problems = new ArrayList<>();
        Map<String, TensorSpec> wanted = layers.state();
        for (Map.Entry<String, TensorSpec> entry : wanted.entrySet()) {
            String key = entry.getKey();
            long[] shape = entry.getValue().lengths();
            if (!store.has(key) && entry.getValue().role() != Role.DISPENSABLE) {
                problems.add("tensor '" + key + "' is missing");
            } else if (store.has(key) && !Arrays.equals(store.get(key).shape(), shape)) {
                problems.add("tensor '" + key + "' has shape "
                        + Arrays.toString(store.get(key).shape()) + " instead of " + Arrays.toString(shape));
            }
        }
        store.names().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> problems.add("tensor '" + name + "' is unexpected"));
        return problems;
    }

    /** Copies stored numbers into a tensor of the same shape, whatever the formats of both. */
    public static void copy(StoredTensor from, Tensor into) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor values = from.dtype().isFloat()
                    ? from.dtype() == DType.F64 ? Tensor.create(from.doubles()) : Tensor.create(from.floats())
                    : Tensor.create(from.longs());
            into.copy_(values.reshape(ShapeText.of(into)));
        }
    }

    /** All tensors of the layer in state-dict order, the floating-point ones in the given format. */
    public static List<StoredTensor> store(Layer layer, DType format) {
        List<StoredTensor> stored = new ArrayList<>();
        layer.stateDict().forEach((name, tensor) -> stored.add(store(name, tensor, format)));
        return stored;
    }

    /** One tensor, in the given format unless it holds integers. */
    public static StoredTensor store(String name, Tensor tensor, DType format) {
        long[] shape = ShapeText.of(tensor);
        try (PointerScope scope = new PointerScope()) {
            if (!tensor.is_floating_point()) {
                return StoredTensor.ofLongs(name, shape, longs(tensor));
            }
            return (tensor.scalar_type().intern() == ScalarType.Double
                            ? StoredTensor.ofDoubles(name, shape, doubles(tensor))
                            : StoredTensor.ofFloats(name, shape, floats(tensor)))
                    .to(format);
        }
    }

    /** All elements in row-major order, rounded to float32. */
    public static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        FloatBuffer buffer = onCpu(tensor, ScalarType.Float).createBuffer();
        buffer.get(values);
        return values;
    }

    /** All elements in row-major order. */
    public static double[] doubles(Tensor tensor) {
        double[] values = new double[Math.toIntExact(tensor.numel())];
        DoubleBuffer buffer = onCpu(tensor, ScalarType.Double).createBuffer();
        buffer.get(values);
        return values;
    }

    private static long[] longs(Tensor tensor) {
        long[] values = new long[Math.toIntExact(tensor.numel())];
        LongBuffer buffer = onCpu(tensor, ScalarType.Long).createBuffer();
        buffer.get(values);
        return values;
    }

    private static Tensor onCpu(Tensor tensor, ScalarType type) {
        return tensor.detach().to(new Device("cpu"), type).contiguous();
    }
}
