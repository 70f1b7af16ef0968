package io.github.transfuse.image;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/** Looks at pixels in tests. */
final class Pixels {
    private Pixels() {}

    /** All values, the first dimension fastest. */
    static double[] of(RandomAccessibleInterval<? extends RealType<?>> image) {
        double[] values = new double[(int) Intervals.numElements(image)];
        Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
        for (int i = 0; i < values.length; i++) {
            values[i] = cursor.next().getRealDouble();
        }
        return values;
    }

    static double[] of(CalibratedImage image) {
        return of(image.pixels());
    }
}
