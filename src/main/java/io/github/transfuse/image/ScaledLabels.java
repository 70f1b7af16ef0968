package io.github.transfuse.image;

import java.nio.file.Path;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Labels that a program has stored as values times a factor, as nibabel does with labels that are floats: what comes out
 * is as near to a whole number as the steps of the stored values allow.
 */
final class ScaledLabels {
    /** Beyond the rounding of a step. */
    private static final double ROUNDING = 1e-3;

    /** Steps from which on several whole numbers could be meant. */
    private static final double COARSE = 0.5;

    private ScaledLabels() {}

    /**
     * The whole numbers that are meant.
     *
     * @param field of the header that holds the factor
     * @throws UnsupportedImageException if a value is none
     */
    static RandomAccessibleInterval<FloatType> of(
            Path file, String field, RandomAccessibleInterval<? extends RealType<?>> stored, double... line)
            throws UnsupportedImageException {
        double slope = line[0];
        double intercept = line[1];
        double step = Math.abs(slope);
        double tolerance = ROUNDING + (step < COARSE ? step / 2 : 0);
        RandomAccessibleInterval<FloatType> rounded = rounded(stored, slope, intercept);
        RandomAccessibleInterval<FloatType> exact = LinearValues.of(stored, slope, intercept);
        PixelRows from = new PixelRows(exact);
        PixelRows to = new PixelRows(rounded);
        float[] values = new float[PixelRows.length(exact)];
        float[] labels = new float[values.length];
        long rows = PixelRows.count(exact);
        for (long row = 0; row < rows; row++) {
            from.read(row, values);
            to.read(row, labels);
            for (int x = 0; x < values.length; x++) {
                if (!(Math.abs(values[x] - labels[x]) <= tolerance * Math.max(1, Math.abs(values[x]) * ROUNDING))) {
                    throw new UnsupportedImageException(
                            file,
                            "its header scales labels to " + values[x] + ", which is no whole number (" + field + " is "
                                    + slope + ")",
                            "Save the labels as whole numbers without scaling.");
                }
            }
        }
        return rounded;
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<FloatType> rounded(
            RandomAccessibleInterval<?> stored, double slope, double intercept) {
        RandomAccessibleInterval<T> typed = CalibratedImage.generic(stored);
        return Converters.convert(
                typed,
                (in, out) -> out.set((float) Math.rint(slope * in.getRealDouble() + intercept)),
                new FloatType());
    }
}
