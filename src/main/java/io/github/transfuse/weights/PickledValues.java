package io.github.transfuse.weights;

import java.util.List;

/**
 * What a restricted pickle can contain beside Java's own values. Python's int is a Long (or BigInteger), float a
 * Double, str a String, list and set a List, dict and OrderedDict a Map.
 */
final class PickledValues {
    /** Python's {@code None}, and whatever is read but not needed. */
    enum Unused {
        NONE,
        KEY,
        BYTES
    }

    /** The callables that may be named. */
    enum Function {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_TENSOR_V3,
        REBUILD_PARAMETER
    }

    /** A Python tuple. */
    record Tuple(List<Object> items) {}

    /** A storage class; an untyped storage counts bytes and leaves the type to the tensor. */
    record StorageType(DType dtype, boolean untyped) {}

    /** A storage by reference: {@code first} elements into the bytes kept under {@code key}. */
    record StorageRef(StorageType type, String key, long first, long count) {}

    /** A strided view of a storage; offset and strides count elements. */
    record TensorRef(StorageRef storage, DType dtype, long offset, long[] shape, long[] strides) {}

    private PickledValues() {}
}
