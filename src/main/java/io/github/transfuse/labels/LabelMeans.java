package io.github.transfuse.labels;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * What the probabilities are on average within a label.
 *
 * @param pixels of the label, at least 1
 * @param means per class, as the last axis of the probabilities
 */
public record LabelMeans(long pixels, double[] means) {

    /**
     * Measures all labels.
     *
     * @param labels 0 = background, which is left out
     * @param probabilities the axes of the labels, and the class as last axis
     * @return by label
     */
    public static Map<Long, LabelMeans> of(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            RandomAccessibleInterval<? extends RealType<?>> probabilities) {
        long[] size = labels.dimensionsAsLongArray();
        int classes = Math.toIntExact(probabilities.dimension(size.length));
        RandomAccess<? extends IntegerType<?>> label = Views.zeroMin(labels).randomAccess();
        RandomAccess<? extends RealType<?>> value = Views.zeroMin(probabilities).randomAccess();
        Map<Long, double[]> sums = new TreeMap<>();
        Rows.forEach(size, position -> {
            long[] at = position.clone();
            for (at[0] = 0; at[0] < size[0]; at[0]++) {
                long found = label.setPositionAndGet(at).getIntegerLong();
                if (found != 0) {
                    add(value, at, sums.computeIfAbsent(found, l -> new double[classes + 1]));
                }
            }
        });
        Map<Long, LabelMeans> means = new TreeMap<>();
        sums.forEach((found, sum) -> means.put(found, mean(sum)));
        return means;
    }

    /** The last element counts pixels. */
    private static void add(RandomAccess<? extends RealType<?>> value, long[] at, double[] sum) {
        for (int d = 0; d < at.length; d++) {
            value.setPosition(at[d], d);
        }
        for (int k = 0; k < sum.length - 1; k++) {
            value.setPosition(k, at.length);
            sum[k] += value.get().getRealDouble();
        }
        sum[sum.length - 1]++;
    }

    private static LabelMeans mean(double[] sum) {
        double count = sum[sum.length - 1];
        return new LabelMeans(
                (long) count,
                Arrays.stream(sum, 0, sum.length - 1).map(s -> s / count).toArray());
    }
}
