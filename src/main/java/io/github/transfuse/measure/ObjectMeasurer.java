package io.github.transfuse.measure;

import io.github.transfuse.labels.ObjectSizes;
import io.github.transfuse.labels.Outlines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Measures all objects of a plane or a volume. In planes everything is defined as ImageJ defines it for the traced selection of
 * a label: its pixels, joined at corners too, with all their parts and holes. The surface of volumes is that of
 * {@link ObjectSizes}.
 */
public final class ObjectMeasurer {
    private final RandomAccessibleInterval<? extends IntegerType<?>> labels;
    private final Optional<RandomAccessibleInterval<? extends RealType<?>>> image;
    private final int axes;
    private final int channels;
    private final Map<Long, Gathered> found = new HashMap<>();
    private Optional<Gathered> latest = Optional.empty();
    private long latestLabel;

    private ObjectMeasurer(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            Optional<RandomAccessibleInterval<? extends RealType<?>>> image) {
        this.labels = Views.zeroMin(labels);
        this.axes = labels.numDimensions();
        this.image = image.map(Views::zeroMin);
        this.channels = image.map(pixels -> (int) pixels.dimension(axes)).orElse(0);
    }

    /**
     * Measures all labels but 0.
     *
     * @param labels two or three axes
     * @param image the axes of the labels, and the channels as last axis; empty if there are only labels
     * @param grid as many axes as the labels
     * @return in the order of the labels
     * @throws IllegalArgumentException if axes or sizes differ
     */
    public static List<ObjectMeasures> measure(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            Optional<RandomAccessibleInterval<? extends RealType<?>>> image,
            PixelGrid grid) {
        int axes = labels.numDimensions();
        if (grid.spacing().length != axes || axes < 2 || axes > 3) {
            throw new IllegalArgumentException(
                    "the labels have " + axes + " axes, their calibration " + grid.spacing().length);
        }
        for (int d = 0; image.isPresent() && d < axes; d++) {
            if (image.get().numDimensions() != axes + 1 || image.get().dimension(d) != labels.dimension(d)) {
                throw new IllegalArgumentException("labels and image have different sizes");
            }
        }
        return new ObjectMeasurer(labels, image).measure(grid);
    }

    private List<ObjectMeasures> measure(PixelGrid grid) {
        readPixels();
        if (axes == 2) {
            Outlines.traceJoined(labels, ring -> found.get(ring.label()).addRing(ring));
            return found.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getValue().flat(grid))
                    .toList();
        }
        return ObjectSizes.of(labels, grid.spacing()).stream()
                .map(size -> found.get(size.label()).solid(grid, size.size(), size.border()))
                .toList();
    }

    private void readPixels() {
        RandomAccess<? extends IntegerType<?>> label = labels.randomAccess();
        Optional<RandomAccess<? extends RealType<?>>> values = image.map(RandomAccessibleInterval::randomAccess);
        long[] size = labels.dimensionsAsLongArray();
        long depth = axes == 3 ? size[2] : 1;
        long[] at = new long[axes];
        for (long z = 0; z < depth; z++) {
            if (axes == 3) {
                at[2] = z;
            }
            for (at[1] = 0; at[1] < size[1]; at[1]++) {
                for (at[0] = 0; at[0] < size[0]; at[0]++) {
                    long own = label.setPositionAndGet(at).getIntegerLong();
                    if (own != 0) {
                        add(object(own), at, values);
                    }
                }
            }
        }
    }

    private Gathered object(long label) {
        if (latest.isEmpty() || latestLabel != label) {
            latest = Optional.of(found.computeIfAbsent(label, unseen -> new Gathered(unseen, axes, channels)));
            latestLabel = label;
        }
        return latest.get();
    }

    private void add(Gathered object, long[] at, Optional<RandomAccess<? extends RealType<?>>> values) {
        object.addPixel(at);
        if (values.isPresent()) {
            RandomAccess<? extends RealType<?>> value = values.get();
            for (int d = 0; d < axes; d++) {
                value.setPosition(at[d], d);
            }
            for (int c = 0; c < channels; c++) {
                value.setPosition(c, axes);
                object.addValue(c, value.get().getRealDouble());
            }
        }
    }
}
