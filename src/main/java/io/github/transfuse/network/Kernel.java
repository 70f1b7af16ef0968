package io.github.transfuse.network;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The window of a convolution and its step, per axis in the order (z,) y, x.
 *
 * @param size extent, odd or equal to the stride
 * @param stride step between output pixels
 */
public record Kernel(List<Integer> size, List<Integer> stride) {

    /** A kernel with stride 1, as wide as {@link Scales#kernel} has it. */
    public static Kernel of(Scales scales, int side) {
        return strided(scales, side, 1);
    }

    /** A kernel with the same stride along all axes. */
    public static Kernel strided(Scales scales, int side, int stride) {
        return new Kernel(scales.kernel(side), Collections.nCopies(scales.axes(), stride));
    }

    /** A step as long as the window: pixels are cut into patches. */
    public static Kernel patches(List<Integer> side) {
        return new Kernel(side, side);
    }

    /** Zeros on every side, so that a stride of 1 keeps the size. */
    public long[] padding() {
        return size.stream().mapToLong(length -> (length - 1) / 2).toArray();
    }

    /** The step as libtorch takes it. */
    public long[] strides() {
        return longs(stride);
    }

    /** The extent as libtorch takes it. */
    public long[] extent() {
        return longs(size);
    }

    /** No gaps between the pixels of a window. */
    public long[] dilation() {
        long[] ones = new long[size.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Pixels of a window. */
    public long area() {
        return size.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    private static long[] longs(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).toArray();
    }
}
