package io.github.transfuse.inference;

import java.util.Arrays;
import java.util.List;

/** Conversions between the order of images (x, y, z) and that of tensors (N, C, D, H, W). */
public final class AxisOrder {
    private AxisOrder() {}

    /** N, C, [D,] H, W of inputs of a size given as x, y(, z). */
    static int[] batch(int inputs, int channels, int... size) {
        int[] shape = new int[size.length + 2];
        shape[0] = inputs;
        shape[1] = channels;
        System.arraycopy(reversed(size), 0, shape, 2, size.length);
        return shape;
    }

    public static int[] reversed(int... values) {
        int[] reversed = new int[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        return reversed;
    }

    static double[] reversed(List<Double> values) {
        double[] reversed = new double[values.size()];
        Arrays.setAll(reversed, i -> values.get(values.size() - 1 - i));
        return reversed;
    }

    static long[] longs(int... values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
