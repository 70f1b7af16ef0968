package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.TensorRef;
import java.nio.ByteBuffer;

/** Arithmetic on strided tensors. Strides count elements. */
final class Strides {
    private Strides() {}

    /**
     * Elements from the first to the last of a non-empty tensor, with all in between.
     *
     * @throws ArithmeticException if the number overflows
     */
    static long span(TensorRef tensor) {
        long last = 0;
        for (int d = 0; d < tensor.shape().length; d++) {
            last = Math.addExact(last, Math.multiplyExact(tensor.shape()[d] - 1, tensor.strides()[d]));
        }
        return last + 1;
    }

    /** The strides of a tensor whose elements lie densely in row-major order. */
    static long[] rowMajor(long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= Math.max(1, shape[d]);
        }
        return strides;
    }

    /** Whether the elements already lie densely in row-major order. */
    static boolean areRowMajor(TensorRef tensor) {
        long expected = 1;
        for (int d = tensor.shape().length - 1; d >= 0; d--) {
            if (tensor.shape()[d] != 1 && tensor.strides()[d] != expected) {
                return false;
            }
            expected *= tensor.shape()[d];
        }
        return true;
    }

    /** Copies a non-empty tensor into dense row-major order; {@code bytes} starts with its first element. */
    static ByteBuffer gather(TensorRef tensor, ByteBuffer bytes) {
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        int size = tensor.dtype().size();
        int count = Math.toIntExact(ShapeArithmetic.count(shape));
        ByteBuffer dense = ByteBuffer.allocate(Math.multiplyExact(size, count));
        long[] index = new long[shape.length];
        long element = 0;
        for (int i = 0; i < count; i++) {
            dense.put(i * size, bytes, bytes.position() + Math.toIntExact(element * size), size);
            for (int d = shape.length - 1; d >= 0; d--) {
                element += strides[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                element -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return dense;
    }
}
