package io.github.transfuse;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * An image as a network for slices sees it: planes of x and y, over which all further axes run, each with the channels as
 * last axis.
 *
 * @param image in the order X, Y, Z, TIME, CHANNEL, with the model's channels
 * @param normalization fitted to all of it
 * @param pixelSize along x and y, in the model's unit; empty if not known
 */
record Planes(CalibratedImage image, FittedNormalization normalization, Optional<double[]> pixelSize) {

    /** Axes of the result: without the channel. */
    List<Axis> resultAxes() {
        return image.axes().subList(0, image.axes().size() - 1);
    }

    /** Size of the result: without the channel. */
    long[] resultSize() {
        return Arrays.copyOf(
                image.pixels().dimensionsAsLongArray(), image.axes().size() - 1);
    }

    /** Size of a plane. */
    long[] planeSize() {
        return Arrays.copyOf(resultSize(), 2);
    }

    /** Number of planes. */
    long count() {
        return Arrays.stream(resultSize()).skip(2).reduce(1, Math::multiplyExact);
    }

    /** One plane of an image whose axes from 2 on are those of this one, and may have more behind. */
    <T> RandomAccessibleInterval<T> plane(RandomAccessibleInterval<T> of, long index) {
        long[] size = resultSize();
        long rest = index;
        RandomAccessibleInterval<T> plane = of;
        for (int d = 2; d < size.length; d++) {
            plane = Views.hyperSlice(plane, 2, rest % size[d]);
            rest /= size[d];
        }
        return plane;
    }
}
