package io.github.transfuse.metrics;

import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/** Counts, for each pair of classes, the pixels where one is predicted and the other is true. */
public final class Confusion {
    private final long[][] counts;

    private Confusion(long[][] counts) {
        this.counts = counts;
    }

    /**
     * Compares class maps.
     *
     * @param prediction classes 0 to {@code classes - 1}
     * @param truth classes 0 to {@code classes - 1}; pixels of the ignored value are left out
     * @param classes number of classes, background included, at least 2
     * @param ignored value of the truth that means "not known"; -1 for none
     * @return the counts
     * @throws IllegalArgumentException if the sizes differ or a value is not a class
     */
    public static Confusion of(
            RandomAccessibleInterval<? extends IntegerType<?>> prediction,
            RandomAccessibleInterval<? extends IntegerType<?>> truth,
            int classes,
            long ignored) {
        long[][] counts = new long[classes][classes];
        Pairs.forEach(prediction, truth, (p, t, pixels) -> {
            if (t != ignored && pixels > 0) {
                counts[index("prediction", p, classes)][index("truth", t, classes)] += pixels;
            }
        });
        return new Confusion(counts);
    }

    /**
     * Pixels that were counted elsewhere.
     *
     * @param counts for each predicted class those of each true class
     */
    public static Confusion ofCounts(long[][] counts) {
        return new Confusion(Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new));
    }

    private static int index(String image, long value, int classes) {
        if (value < 0 || value >= classes) {
            throw new IllegalArgumentException("the " + image + " holds the value " + value
                    + ", but there are only classes 0 to " + (classes - 1));
        }
        return (int) value;
    }

    /**
     * One class against all others.
     *
     * @param k class
     * @return its pixels
     */
    public Overlap overlap(int k) {
        long predicted = 0;
        long truth = 0;
        for (int other = 0; other < counts.length; other++) {
            predicted += counts[k][other];
            truth += counts[other][k];
        }
        return new Overlap(counts[k][k], predicted, truth);
    }
}
