package io.github.transfuse.image;

import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * The values of an image in short, and whether they can mean anything.
 *
 * @param min the smallest
 * @param max the largest
 * @param atMax how many samples have the largest
 * @param count of all samples
 */
public record ValueSurvey(double min, double max, long atMax, long count) {
    /** From this share on, the largest value is told of. */
    private static final double SATURATED = 0.9;

    /** Looks at every sample of an image with finite pixels. */
    public static ValueSurvey of(RandomAccessibleInterval<? extends RealType<?>> pixels) {
        ValueSurvey[] parts = new ValueSurvey[PixelRows.blocks(pixels)];
        PixelRows.forEachBlock(pixels, (block, from, to) -> {
            PixelRows rows = new PixelRows(pixels);
            float[] row = new float[PixelRows.length(pixels)];
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            long atMax = 0;
            for (long r = from; r < to; r++) {
                rows.read(r, row);
                for (float value : row) {
                    min = Math.min(min, value);
                    atMax = value > max ? 1 : atMax + (value == max ? 1 : 0);
                    max = Math.max(max, value);
                }
            }
            parts[block] = new ValueSurvey(min, max, atMax, (to - from) * row.length);
        });
        ValueSurvey all = parts[0];
        for (int p = 1; p < parts.length; p++) {
            all = all.and(parts[p]);
        }
        return all;
    }

    private ValueSurvey and(ValueSurvey other) {
        double most = Math.max(max, other.max);
        long there = (max == most ? atMax : 0) + (other.max == most ? other.atMax : 0);
        return new ValueSurvey(Math.min(min, other.min), most, there, count + other.count);
    }

    /**
     * What a user should know of an image of which nothing can be expected; empty if all is well. It names no numbers, so that
     * it is told once of a folder.
     */
    public Optional<String> warning() {
        if (min == max) {
            return Optional.of("All pixels have the same value: nothing can be found there.");
        }
        if (atMax >= SATURATED * count) {
            return Optional.of("90 % or more of the values are the largest one: the image is overexposed, nearly empty"
                    + " or a mask.");
        }
        return Optional.empty();
    }
}
