package io.github.transfuse.labels;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Decides the class of each pixel.
 *
 * <p>One class: 1 (foreground) where the probability is greater than the threshold, strictly, else 0. More classes: the
 * one with the largest value, background included; of equal values the first. A softmax does not change which is
 * largest, so logits and probabilities give the same classes, and the threshold is not used. NaN never wins.
 */
public final class ClassMap {
    private final double cut;

    private ClassMap(double cut) {
        this.cut = cut;
    }

    /**
     * Decides from probabilities.
     *
     * @param threshold 0 to 1
     * @return the rule
     * @throws IllegalArgumentException if the threshold is not in [0, 1]
     */
    public static ClassMap ofProbabilities(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " must be in [0, 1]");
        }
        return new ClassMap(threshold);
    }

    /**
     * Decides from logits: the probability is their sigmoid.
     *
     * @param threshold of the probability, 0 to 1
     * @return the rule
     * @throws IllegalArgumentException if the threshold is not in [0, 1]
     */
    public static ClassMap ofLogits(double threshold) {
        double p = ofProbabilities(threshold).cut;
        // compared where the numbers are, not after rounding a sigmoid to float; 0 and 1 become infinities
        return new ClassMap(Math.log(p / (1 - p)));
    }

    /**
     * Decides one row.
     *
     * @param values {@code [class][x]}, at most 256 classes
     * @param classes receives the class of each x, unsigned
     */
    public void classify(float[][] values, byte[] classes) {
        if (values.length == 1) {
            float[] row = values[0];
            for (int x = 0; x < row.length; x++) {
                classes[x] = (byte) (row[x] > cut ? 1 : 0);
            }
            return;
        }
        float[] best = values[0].clone();
        Arrays.fill(classes, 0, best.length, (byte) 0);
        for (int k = 1; k < values.length; k++) {
            keepLarger(values[k], (byte) k, best, classes);
        }
    }

    private static void keepLarger(float[] values, byte k, float[] best, byte[] classes) {
        for (int x = 0; x < best.length; x++) {
            if (values[x] > best[x] || (Float.isNaN(best[x]) && !Float.isNaN(values[x]))) {
                best[x] = values[x];
                classes[x] = k;
            }
        }
    }

    /**
     * Decides a whole image.
     *
     * @param values logits or probabilities, the class as last axis (size 1 to 256)
     * @param classes receives the classes; the same axes without the last
     * @param <T> type of the class map
     * @throws IllegalArgumentException if the sizes differ
     */
    public <T extends IntegerType<T>> void classify(
            RandomAccessibleInterval<? extends RealType<?>> values, RandomAccessibleInterval<T> classes) {
        long[] size = classes.dimensionsAsLongArray();
        requireSize(values, size);
        int count = Math.toIntExact(values.dimension(size.length));
        float[][] row = new float[count][Math.toIntExact(size[0])];
        byte[] decided = new byte[row[0].length];
        RandomAccess<? extends RealType<?>> from = Views.zeroMin(values).randomAccess();
        RandomAccess<T> to = Views.zeroMin(classes).randomAccess();
        Rows.forEach(size, position -> {
            IntStream.range(0, count).forEach(k -> {
                from.setPosition(k, size.length);
                Rows.read(from, position, row[k]);
            });
            classify(row, decided);
            Rows.write(to, position, decided);
        });
    }

    private static void requireSize(RandomAccessibleInterval<?> values, long[] size) {
        boolean same = values.numDimensions() == size.length + 1 && values.dimension(size.length) <= 256;
        for (int d = 0; same && d < size.length; d++) {
            same = values.dimension(d) == size[d];
        }
        if (!same) {
            throw new IllegalArgumentException("values of size " + Arrays.toString(values.dimensionsAsLongArray())
                    + " are not 1 to 256 classes of a class map of size " + Arrays.toString(size));
        }
    }
}
