package io.github.transfuse.image;

import io.github.transfuse.model.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
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
        int channels = Math.toIntExact(image.size(Axis.Kind.CHANNEL));
        List<Double> scale = new ArrayList<>();
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double[] numbers = fitChannel(rule, image, c);
            scale.add(numbers[0]);
            mean.add(numbers[1]);
            std.add(numbers[2]);
        }
        return new FittedNormalization(scale, mean, std);
    }

    /** Scale, mean and std of one channel. */
    private static double[] fitChannel(Normalization rule, CalibratedImage image, int c) {
        double ruleMean = perChannel(rule.mean(), image, c, 0);
        double ruleStd = perChannel(rule.std(), image, c, 1);
        return switch (rule.kind()) {
            case FIXED -> new double[] {1 / image.fullScale(), ruleMean, ruleStd};
            case PERCENTILE -> percentiles(rule, channel(image, c), ruleMean, ruleStd);
            case ZSCORE -> zscore(channel(image, c));
        };
    }

    private static double[] percentiles(
            Normalization rule, RandomAccessibleInterval<? extends RealType<?>> channel, double mean, double std) {
        OrderStatistics order = new OrderStatistics(channel);
        double low = order.percentile(rule.low());
        double range = order.percentile(rule.high()) - low;
        double scale = range > 0 ? 1 / range : 1;
        return new double[] {scale, low * scale + mean, std};
    }

    /** The rule's number for a channel; rules for one channel, or for a part that repeats, are repeated. */
    private static double perChannel(List<Double> numbers, CalibratedImage image, int c, double otherwise) {
        if (numbers.isEmpty()) {
            return otherwise;
        }
        if (image.size(Axis.Kind.CHANNEL) % numbers.size() != 0) {
            throw new IllegalArgumentException("The model normalises " + numbers.size() + " channels, but "
                    + image.name() + " has " + image.size(Axis.Kind.CHANNEL) + ".");
        }
        return numbers.get(c % numbers.size());
    }

    private static RandomAccessibleInterval<? extends RealType<?>> channel(CalibratedImage image, int c) {
        return image.slice(Axis.Kind.CHANNEL, c).pixels();
    }

    private static double[] zscore(RandomAccessibleInterval<? extends RealType<?>> channel) {
        double count = Intervals.numElements(channel);
        double mean = sum(channel, value -> value) / count;
        double variance = sum(channel, value -> (value - mean) * (value - mean)) / count;
        return new double[] {1, mean, variance > 0 ? Math.sqrt(variance) : 1};
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
