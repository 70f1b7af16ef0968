package io.github.transfuse.image;

import io.github.transfuse.model.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;

/** Fits a model's rule of normalisation to one image: to all of it, never to a tile. */
public final class Normalizer {
    private Normalizer() {}

    /**
     * The numbers for an image. A constant channel becomes 0 before mean and std of the rule.
     *
     * @param rule the model's rule
     * @param image finite pixels, with as many channels as the model
     * @throws IllegalArgumentException if the rule has numbers for another number of channels
     */
    public static FittedNormalization fit(Normalization rule, CalibratedImage image) {
        return fit(rule, image, note -> {});
    }

    /**
     * The numbers for an image, as {@link #fit(Normalization, CalibratedImage)}.
     *
     * @param notes told what nobody would expect, and if the pixels cannot mean anything
     */
    public static FittedNormalization fit(Normalization rule, CalibratedImage image, Consumer<String> notes) {
        int channels = Math.toIntExact(image.size(Axis.Kind.CHANNEL));
        ValueSurvey values = ValueSurvey.of(image.pixels());
        values.warning().ifPresent(notes);
        if (rule.kind() == Normalization.Kind.FIXED) {
            boolean asTheyAre = rule.mean().isEmpty() && rule.std().isEmpty();
            FullScale scale = FullScale.of(image, !asTheyAre, () -> values);
            scale.note().ifPresent(notes);
            return fit(rule, channels, image.name(), c -> new double[] {scale.black(), scale.white()});
        }
        return fit(rule, channels, image.name(), c -> statistics(rule, image, c, notes));
    }

    /**
     * The numbers for images whose values from {@code low} to {@code high} become those from 0 to 1, before mean and std of
     * the rule.
     *
     * @param channels of the images
     */
    public static FittedNormalization range(Normalization rule, int channels, double low, double high) {
        Normalization between = new Normalization(Normalization.Kind.PERCENTILE, rule.mean(), rule.std(), 0, 100);
        return fit(between, channels, "the image", c -> new double[] {low, high});
    }

    /**
     * The numbers from what is known of each channel: black and white, or mean and variance, as the rule needs.
     */
    static FittedNormalization fit(Normalization rule, int channels, String name, IntFunction<double[]> statistics) {
        double[] means = perChannel(rule.mean(), channels, name, 0);
        double[] deviations = perChannel(rule.std(), channels, name, 1);
        List<Double> scale = new ArrayList<>();
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double[] numbers = fitChannel(rule.kind(), means[c], deviations[c], statistics.apply(c));
            scale.add(numbers[0]);
            mean.add(numbers[1]);
            std.add(numbers[2]);
        }
        return new FittedNormalization(scale, mean, std);
    }

    /** Scale, mean and std of one channel. Ranges that a float cannot divide by are none. */
    private static double[] fitChannel(Normalization.Kind kind, double ruleMean, double ruleStd, double... known) {
        if (kind == Normalization.Kind.ZSCORE) {
            double deviation = Math.sqrt(known[1]);
            return new double[] {1, known[0], deviation > Float.MIN_NORMAL ? deviation : 1};
        }
        double range = known[1] - known[0];
        double scale = range > Float.MIN_NORMAL ? 1 / range : 1;
        return new double[] {scale, known[0] * scale + ruleMean, ruleStd};
    }

    private static double[] statistics(Normalization rule, CalibratedImage image, int c, Consumer<String> notes) {
        if (rule.kind() == Normalization.Kind.ZSCORE) {
            return moments(channel(image, c));
        }
        if (rule.kind() == Normalization.Kind.WINDOW) {
            return new double[] {rule.low(), rule.high()};
        }
        OrderStatistics order = new OrderStatistics(channel(image, c));
        double[] range = {order.percentile(rule.low()), order.percentile(rule.high())};
        if (range[1] > range[0]) {
            return range;
        }
        double[] all = {order.percentile(0), order.percentile(100)};
        if (all[1] > all[0]) {
            notes.accept("Nearly all values of a channel are equal: its few others give its range.");
        }
        return all;
    }

    /** The rule's numbers for all channels; rules for one channel, or for a part that repeats, are repeated. */
    private static double[] perChannel(List<Double> numbers, int channels, String name, double otherwise) {
        if (!numbers.isEmpty() && channels % numbers.size() != 0) {
            throw new IllegalArgumentException(
                    "The model normalises " + numbers.size() + " channels, but " + name + " has " + channels + ".");
        }
        double[] all = new double[channels];
        Arrays.setAll(all, c -> numbers.isEmpty() ? otherwise : numbers.get(c % numbers.size()));
        return all;
    }

    private static RandomAccessibleInterval<? extends RealType<?>> channel(CalibratedImage image, int c) {
        return image.slice(Axis.Kind.CHANNEL, c).pixels();
    }

    /** Mean and variance. */
    static double[] moments(RandomAccessibleInterval<? extends RealType<?>> channel) {
        double count = Intervals.numElements(channel);
        double mean = sum(channel, value -> value) / count;
        double variance = sum(channel, value -> (value - mean) * (value - mean)) / count;
        return new double[] {mean, variance};
    }

    /** A sum in double precision whose order of additions does not depend on the number of threads. */
    private static double sum(RandomAccessibleInterval<? extends RealType<?>> image, DoubleUnaryOperator term) {
        double[] sums = new double[PixelRows.blocks(image)];
        PixelRows.forEachBlock(image, (block, from, to) -> {
            PixelRows rows = new PixelRows(image);
            float[] row = new float[PixelRows.length(image)];
            for (long r = from; r < to; r++) {
                rows.read(r, row);
                double sum = 0;
                for (float value : row) {
                    sum += term.applyAsDouble(value);
                }
                sums[block] += sum;
            }
        });
        return Arrays.stream(sums).sum();
    }
}
