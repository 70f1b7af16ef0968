package io.github.transfuse.image;

import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * NaN in volumes that say where they lie stands for no value: outside of the body, or of what was scanned. It becomes the
 * smallest value of the volume, as air has; among labels background. In other images it may be a mistake, and is refused.
 */
final class MissingValues {
    private MissingValues() {}

    /** The volume without NaN, which is told. */
    static CalibratedImage filled(CalibratedImage image, boolean labels) {
        RandomAccessibleInterval<? extends RealType<?>> pixels = image.pixels();
        boolean whole = pixels.getAt(pixels.minAsLongArray()) instanceof IntegerType;
        if (whole || image.placement().isEmpty()) {
            return image;
        }
        long[] missing = new long[PixelRows.blocks(pixels)];
        float[] least = new float[missing.length];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        PixelRows.forEachBlock(pixels, (block, from, to) -> {
            PixelRows rows = new PixelRows(pixels);
            float[] row = new float[PixelRows.length(pixels)];
            for (long r = from; r < to; r++) {
                rows.read(r, row);
                for (float value : row) {
                    missing[block] += Float.isNaN(value) ? 1 : 0;
                    least[block] = value < least[block] ? value : least[block];
                }
            }
        });
        long count = Arrays.stream(missing).sum();
        float smallest = Float.POSITIVE_INFINITY;
        for (float value : least) {
            smallest = Math.min(smallest, value);
        }
        if (count == 0 || !Float.isFinite(smallest)) {
            return image; // nothing is missing, or everything is, or a value is infinite, which is refused
        }
        float value = labels ? 0 : smallest;
        String what =
                count == 1 ? "1 voxel of " + image.name() + " has" : count + " voxels of " + image.name() + " have";
        String note = what + " no value (NaN): "
                + (labels ? "background is taken." : "the smallest value of the volume is taken, " + value + ".");
        return image.withPixels(filled(pixels, value)).withNote(note);
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<FloatType> filled(
            RandomAccessibleInterval<?> pixels, float value) {
        RandomAccessibleInterval<T> typed = CalibratedImage.generic(pixels);
        return Converters.convert(
                typed,
                (in, out) -> out.set(Float.isNaN(in.getRealFloat()) ? value : in.getRealFloat()),
                new FloatType());
    }
}
