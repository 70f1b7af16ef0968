package io.github.transfuse.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A named array of numbers as it lies in a file: little-endian, row-major, contiguous. Immutable; the bytes may be a
 * view into a mapped file, so reading them can touch the disk.
 */
public final class StoredTensor {
    private final String name;
    private final DType dtype;
    private final long[] shape;
    private final ByteBuffer data;

    /**
     * A tensor over existing bytes, which are not copied.
     *
     * @param name the state-dict key
     * @param dtype element type
     * @param shape sizes per dimension, outermost first; empty for a scalar
     * @param data the bytes from position to limit, little-endian row-major; must not be changed afterwards
     * @throws IllegalArgumentException if the number of bytes is not what type and shape need
     */
    public StoredTensor(String name, DType dtype, long[] shape, ByteBuffer data) {
        this.name = name;
        this.dtype = dtype;
        this.shape = shape.clone();
        this.data = data.slice().asReadOnlyBuffer();
        long needed = dtype.bytes(ShapeArithmetic.count(shape));
        if (needed != data.remaining()) {
            throw new IllegalArgumentException("Tensor '" + name + "' of type " + dtype + " and shape "
                    + Arrays.toString(shape) + " needs " + needed + " bytes, not " + data.remaining());
        }
    }

    /**
     * A float32 tensor.
     *
     * @param name the state-dict key
     * @param shape sizes per dimension
     * @param values row-major values, copied
     * @return the tensor
     */
    public static StoredTensor ofFloats(String name, long[] shape, float... values) {
        ByteBuffer bytes = allocate(Math.multiplyExact(4, values.length));
        bytes.asFloatBuffer().put(values);
        return new StoredTensor(name, DType.F32, shape, bytes);
    }

    /**
     * A float64 tensor.
     *
     * @param name the state-dict key
     * @param shape sizes per dimension
     * @param values row-major values, copied
     * @return the tensor
     */
    public static StoredTensor ofDoubles(String name, long[] shape, double... values) {
        ByteBuffer bytes = allocate(Math.multiplyExact(8, values.length));
        bytes.asDoubleBuffer().put(values);
        return new StoredTensor(name, DType.F64, shape, bytes);
    }

    /**
     * An int64 tensor.
     *
     * @param name the state-dict key
     * @param shape sizes per dimension
     * @param values row-major values, copied
     * @return the tensor
     */
    public static StoredTensor ofLongs(String name, long[] shape, long... values) {
        ByteBuffer bytes = allocate(Math.multiplyExact(8, values.length));
        bytes.asLongBuffer().put(values);
        return new StoredTensor(name, DType.I64, shape, bytes);
    }

    /**
     * The state-dict key.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The element type.
     *
     * @return the type
     */
    public DType dtype() {
        return dtype;
    }

    /**
     * Sizes per dimension, outermost first; empty for a scalar.
     *
     * @return a copy
     */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Number of elements.
     *
     * @return the product of the shape; 1 for a scalar
     */
    public long count() {
        return ShapeArithmetic.count(shape);
    }

    /**
     * The bytes, little-endian row-major.
     *
     * @return a read-only view with its own position, from 0 to the size in bytes
     */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * All elements as floats; wider types are rounded to nearest.
     *
     * @return a new array, row-major
     * @throws IllegalStateException if the type is one that is only carried (see {@link DType})
     */
    public float[] floats() {
        float[] values = new float[elements()];
        ByteBuffer bytes = data();
        if (dtype == DType.F32) {
            bytes.asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Elements.getDouble(bytes, dtype, i);
        }
        return values;
    }

    /**
     * All elements as doubles; exact except for 64-bit integers beyond 2^53, which are rounded to nearest.
     *
     * @return a new array, row-major
     * @throws IllegalStateException if the type is one that is only carried (see {@link DType})
     */
    public double[] doubles() {
        double[] values = new double[elements()];
        ByteBuffer bytes = data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Elements.getDouble(bytes, dtype, i);
        }
        return values;
    }

    /**
     * All elements as longs; U64 values from 2^63 up read as negative.
     *
     * @return a new array, row-major
     * @throws IllegalStateException if the elements are not integers or booleans
     */
    public long[] longs() {
        long[] values = new long[elements()];
        ByteBuffer bytes = data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Elements.getLong(bytes, dtype, i);
        }
        return values;
    }

    /**
     * The same numbers in a floating-point type, rounded once to nearest, ties to even.
     *
     * @param target F64, F32, F16, BF16, F8_E4M3 or F8_E5M2, or this tensor's own type
     * @return this tensor if it has that type already, else a copy
     * @throws IllegalStateException if the conversion is not between numbers
     */
    public StoredTensor to(DType target) {
        if (target == dtype) {
            return this;
        }
        int count = elements();
        ByteBuffer from = data();
        ByteBuffer into = allocate(Math.toIntExact(target.bytes(count)));
        for (int i = 0; i < count; i++) {
            Elements.putDouble(into, target, i, Elements.getDouble(from, dtype, i));
        }
        return new StoredTensor(name, target, shape, into);
    }

    @Override
    public String toString() {
        return name + " " + dtype + Arrays.toString(shape);
    }

    private int elements() {
        return Math.toIntExact(count());
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
