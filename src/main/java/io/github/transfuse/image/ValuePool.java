package io.github.transfuse.image;

import io.github.transfuse.model.Normalization;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.util.Intervals;

/**
 * Fits a rule of normalisation to many images together, as if they were one, without keeping them. Percentiles are exact
 * for whole numbers up to 16,384, and to one part in 8,192 for others.
 */
public final class ValuePool {
    private final Normalization rule;
    private final List<ValueCounts> counts = new ArrayList<>();
    private final List<double[]> moments = new ArrayList<>();
    private CalibratedImage last;

    /**
     * A pool without images.
     *
     * @param rule not a fixed one, which looks at no values
     * @throws IllegalArgumentException if it is
     */
    public ValuePool(Normalization rule) {
        if (rule.kind() == Normalization.Kind.FIXED || rule.kind() == Normalization.Kind.WINDOW) {
            throw new IllegalArgumentException("a fixed rule is not fitted");
        }
        this.rule = rule;
    }

    /**
     * Adds an image.
     *
     * @param image finite pixels, with as many channels as the model
     */
    public void add(CalibratedImage image) {
        int channels = Math.toIntExact(image.size(Axis.Kind.CHANNEL));
        for (int c = 0; c < channels; c++) {
            if (last == null) {
                counts.add(new ValueCounts());
                moments.add(new double[3]);
            }
            var channel = image.slice(Axis.Kind.CHANNEL, c).pixels();
            if (rule.kind() == Normalization.Kind.ZSCORE) {
                merge(moments.get(c), (double) Intervals.numElements(channel), Normalizer.moments(channel));
            } else {
                counts.get(c).add(channel);
            }
        }
        last = image;
    }

    /** Count, mean and sum of squared deviations of two sets as one (Chan, Golub and LeVeque). */
    private static void merge(double[] into, double count, double... meanAndVariance) {
        double all = into[0] + count;
        double delta = meanAndVariance[0] - into[1];
        into[2] += meanAndVariance[1] * count + delta * delta * into[0] * count / all;
        into[1] += delta * count / all;
        into[0] = all;
    }

    /** Whether no image was added. */
    public boolean isEmpty() {
        return last == null;
    }

    /**
     * The numbers for all images.
     *
     * @throws IllegalStateException if there are none
     */
    public FittedNormalization fit() {
        if (last == null) {
            throw new IllegalStateException("no images");
        }
        return Normalizer.fit(rule, counts.size(), last.name(), this::statistics);
    }

    private double[] statistics(int channel) {
        if (rule.kind() == Normalization.Kind.ZSCORE) {
            double[] sums = moments.get(channel);
            return new double[] {sums[1], sums[2] / sums[0]};
        }
        ValueCounts values = counts.get(channel);
        return new double[] {values.percentile(rule.low()), values.percentile(rule.high())};
    }
}
