package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The window of a convolution and its step, per axis in the order (z,) y, x.
 *
 * @param size extent, odd or equal to the stride
 * @param stride step between output pixels
 */
record Kernel(List<Integer> size, List<Integer> stride) {

    /** A kernel with stride 1, as wide as {@link Scales#kernel} has it. */
    static Kernel of(Scales scales, int side) {
        return strided(scales, side, 1);
    }

    /** A kernel with the same stride along all axes. */
    static Kernel strided(Scales scales, int side, int stride) {
        return new Kernel(scales.kernel(side), Collections.nCopies(scales.axes(), stride));
    }

    /** Zeros on every side, so that a stride of 1 keeps the size. */
    long[] padding() {
        return size.stream().mapToLong(length -> (length - 1) / 2).toArray();
    }

    /** The step as libtorch takes it. */
    long[] strides() {
        return longs(stride);
    }

    /** The extent as libtorch takes it. */
    long[] extent() {
        return longs(size);
    }

    /** No gaps between the pixels of a window. */
    long[] dilation() {
        long[] ones = new long[size.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static long[] longs(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).toArray();
    }
}
