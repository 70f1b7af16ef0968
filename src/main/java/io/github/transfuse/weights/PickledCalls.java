package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.Function;
import io.github.transfuse.weights.PickledValues.StorageRef;
import io.github.transfuse.weights.PickledValues.TensorRef;
import io.github.transfuse.weights.PickledValues.Tuple;
import io.github.transfuse.weights.PickledValues.Unused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our own meaning of the few Python functions that a checkpoint may call. */
final class PickledCalls {
    private PickledCalls() {}

    static Object call(Function function, Arguments arguments) throws ModelFormatException {
        return switch (function) {
            case ORDERED_DICT -> orderedDict(arguments);
            case REBUILD_TENSOR ->
                tensor(arguments, arguments.get(0, StorageRef.class).type().dtype());
            case REBUILD_TENSOR_V3 -> tensor(arguments, arguments.get(6, DType.class));
            case REBUILD_PARAMETER -> arguments.get(0, TensorRef.class);
        };
    }

    /** Adds a dictionary entry. Only names can lead to tensors; other keys could be containers that hold themselves. */
    static void put(Map<Object, Object> map, Object key, Object value) {
        map.put(key instanceof String || key instanceof Long ? key : Unused.KEY, value);
    }

    /** Empty and filled later, or (written by Python 2) from a list of pairs. */
    private static Map<Object, Object> orderedDict(Arguments arguments) throws ModelFormatException {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (arguments.count() == 0) {
            return map;
        }
        for (Object item : arguments.get(0, List.class)) {
            List<?> pair =
                    item instanceof Tuple tuple ? tuple.items() : item instanceof List<?> list ? list : List.of();
            if (pair.size() != 2) {
                throw arguments.damaged("a dictionary entry that is no pair");
            }
            put(map, pair.get(0), pair.get(1));
        }
        return map;
    }

    private static TensorRef tensor(Arguments arguments, DType dtype) throws ModelFormatException {
        StorageRef storage = arguments.get(0, StorageRef.class);
        long[] shape = arguments.sizes(2);
        long[] strides = arguments.sizes(3);
        if (shape.length != strides.length) {
            throw arguments.damaged("a tensor of " + shape.length + " sizes and " + strides.length + " strides");
        }
        return new TensorRef(storage, dtype, arguments.size(1), shape, strides);
    }
}
