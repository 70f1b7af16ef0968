package io.github.transfuse.image;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Shows a network the neighbours of each slice as further channels (2.5D). */
public final class NeighbourSlices {
    private NeighbourSlices() {}

    /**
     * The same image with {@code 2 * context + 1} times as many channels: all channels of the lowest neighbour, then those
     * of the next slice, up to the highest neighbour. Beyond its ends a stack goes on with its first and last slice; an
     * image without slices is its own neighbour.
     *
     * @param image in the order X, Y, Z, TIME, CHANNEL, with channels
     * @param context neighbours on each side; 0: the image itself
     * @return a view, which copies nothing
     */
    public static CalibratedImage asChannels(CalibratedImage image, int context) {
        return context == 0
                ? image
                : new CalibratedImage(image.name(), shifted(image, context), image.axes(), false, image.notes())
                        .withPlacement(image.placement());
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<T> shifted(CalibratedImage image, int context) {
        RandomAccessibleInterval<T> pixels = CalibratedImage.generic(image.pixels());
        int last = pixels.numDimensions() - 1;
        List<RandomAccessibleInterval<T>> neighbours = new ArrayList<>();
        for (int offset = -context; offset <= context; offset++) {
            long[] from = new long[pixels.numDimensions()];
            if (image.dimension(Axis.Kind.Z).isPresent()) {
                from[image.dimension(Axis.Kind.Z).getAsInt()] = offset;
            }
            neighbours.add(Views.interval(Views.translateInverse(Views.extendBorder(pixels), from), pixels));
        }
        return Views.concatenate(last, neighbours);
    }
}
