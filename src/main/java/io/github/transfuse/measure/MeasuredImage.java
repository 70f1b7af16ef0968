package io.github.transfuse.measure;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Labels, and what is known of them.
 *
 * @param name of the image, such as its file name
 * @param labels 0 = background; x, y, then z and time where there are
 * @param objectAxes 3 if objects reach through the slices along z, else 2
 * @param slices planes along z; 1 if there are none
 * @param channels the image that intensities are taken from; empty: none are
 * @param grid of x, y and, if there are slices, z
 * @param classes the name of the class of a label; may be empty
 */
public record MeasuredImage(
        String name,
        RandomAccessibleInterval<? extends IntegerType<?>> labels,
        int objectAxes,
        long slices,
        Optional<Channels> channels,
        PixelGrid grid,
        LongFunction<String> classes) {

    /**
     * Channels of an image.
     *
     * @param pixels the axes of the labels, and the channels as last axis
     * @param names one for each; the empty name for an only one
     */
    public record Channels(RandomAccessibleInterval<? extends RealType<?>> pixels, List<String> names) {
        /** Copies the list. */
        public Channels {
            names = List.copyOf(names);
        }
    }

    /** Planes or volumes. */
    long parts() {
        long parts = 1;
        for (int d = objectAxes; d < labels.numDimensions(); d++) {
            parts *= labels.dimension(d);
        }
        return parts;
    }

    List<ObjectMeasures> part(long index) {
        return ObjectMeasurer.measure(
                part(labels, index), channels.map(c -> part(c.pixels(), index)), grid.first(objectAxes));
    }

    private <T> RandomAccessibleInterval<T> part(RandomAccessibleInterval<T> of, long index) {
        RandomAccessibleInterval<T> part = Views.zeroMin(of);
        long rest = index;
        for (int d = objectAxes; d < labels.numDimensions(); d++) {
            part = Views.hyperSlice(part, objectAxes, rest % labels.dimension(d));
            rest /= labels.dimension(d);
        }
        return part;
    }
}
