package io.github.transfuse.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * Measures objects: how many pixels, what area or volume, and what border. The border is estimated by Crofton's formula
 * along the axes: the faces between an object and all else, the border of the image included, times pi/4 in planes and
 * 2/3 in volumes. That is right on average over all orientations: for round objects, while boxes along the axes get too
 * little.
 */
public final class ObjectSizes {
    private ObjectSizes() {}

    /**
     * An object, or a class.
     *
     * @param label its number
     * @param pixels pixels or voxels
     * @param size area or volume
     * @param border perimeter or surface
     */
    public record ObjectSize(long label, long pixels, double size, double border) {}

    /**
     * Measures all labels but 0, in their order.
     *
     * @param labels two or three axes
     * @param calibration length of a pixel along each axis
     * @throws IllegalArgumentException if the calibration has another number of axes
     */
    public static List<ObjectSize> of(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, double... calibration) {
        int axes = labels.numDimensions();
        if (calibration.length != axes || axes < 2 || axes > 3) {
            throw new IllegalArgumentException(
                    "calibration " + Arrays.toString(calibration) + " must be a length for each of 2 or 3 axes");
        }
        double pixel = Arrays.stream(calibration).reduce(1, (a, b) -> a * b);
        double share = axes == 2 ? Math.PI / 4 : 2 / 3.0;
        List<ObjectSize> found = new ArrayList<>();
        counts(Views.zeroMin(labels)).forEach((label, counts) -> {
            double faces = 0;
            for (int d = 0; d < axes; d++) {
                faces += counts[d + 1] * pixel / calibration[d];
            }
            found.add(new ObjectSize(label, counts[0], counts[0] * pixel, share * faces));
        });
        return List.copyOf(found);
    }

    /** By label: its pixels, and along each axis its faces. */
    private static SortedMap<Long, long[]> counts(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        SortedMap<Long, long[]> counts = new TreeMap<>();
        int axes = labels.numDimensions();
        Cursor<? extends IntegerType<?>> cursor =
                IterableRandomAccessibleInterval.create(labels).localizingCursor();
        RandomAccess<? extends IntegerType<?>> neighbour = labels.randomAccess();
        while (cursor.hasNext()) {
            long label = cursor.next().getIntegerLong();
            if (label != 0) {
                long[] of = counts.computeIfAbsent(label, unseen -> new long[axes + 1]);
                of[0]++;
                neighbour.setPosition(cursor);
                for (int d = 0; d < axes; d++) {
                    of[d + 1] += faces(neighbour, d, labels.dimension(d), label);
                }
            }
        }
        return counts;
    }

    private static int faces(RandomAccess<? extends IntegerType<?>> at, int axis, long length, long label) {
        int faces = 0;
        for (int step = -1; step <= 1; step += 2) {
            long there = at.getLongPosition(axis) + step;
            boolean inside = there >= 0 && there < length;
            if (inside) {
                at.move(step, axis);
                faces += at.get().getIntegerLong() == label ? 0 : 1;
                at.move(-step, axis);
            } else {
                faces++;
            }
        }
        return faces;
    }
}
