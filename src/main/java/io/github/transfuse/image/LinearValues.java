package io.github.transfuse.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/** Pixels whose stored values stand for others: value = slope x stored + intercept. */
final class LinearValues {
    private LinearValues() {}

    static RandomAccessibleInterval<FloatType> of(
            RandomAccessibleInterval<? extends RealType<?>> stored, double slope, double intercept) {
        return convert(stored, slope, intercept);
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<FloatType> convert(
            RandomAccessibleInterval<?> stored, double slope, double intercept) {
        RandomAccessibleInterval<T> typed = CalibratedImage.generic(stored);
        return Converters.convert(
                typed, (in, out) -> out.set((float) (slope * in.getRealDouble() + intercept)), new FloatType());
    }
}
