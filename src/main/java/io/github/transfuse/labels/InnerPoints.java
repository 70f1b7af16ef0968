package io.github.transfuse.labels;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.Views;

/**
 * A pixel of each object near its middle, which is one of the object's own also where the object is a ring or a crescent: in
 * the slice and then the row halfway between its ends, the middle of the longest run of its pixels. Geometry libraries call
 * it the interior point.
 */
public final class InnerPoints {
    private final RandomAccessibleInterval<? extends IntegerType<?>> labels;
    private final long[] size;
    private final Map<Long, long[]> points = new TreeMap<>();

    private InnerPoints(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        this.labels = Views.zeroMin(labels);
        this.size = labels.dimensionsAsLongArray();
    }

    /**
     * Finds them.
     *
     * @param labels 0 = background, which has none; at least two axes
     * @return the position of each label's point, counted from the first pixel of the image
     */
    public static Map<Long, long[]> of(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        InnerPoints found = new InnerPoints(labels);
        for (int axis = labels.numDimensions() - 1; axis > 0; axis--) {
            found.chooseAlong(axis);
        }
        found.chooseInRows();
        return found.points;
    }

    /** Takes a run of pixels of one label. */
    @FunctionalInterface
    private interface Run {
        void take(long label, long[] row, long first, long last);
    }

    private void forEachRun(Run action) {
        RandomAccess<? extends IntegerType<?>> access = labels.randomAccess();
        long[] values = new long[Math.toIntExact(size[0])];
        Rows.forEach(size, row -> {
            Rows.read(access, row, values);
            for (int first = 0, end; first < values.length; first = end) {
                for (end = first + 1; end < values.length && values[end] == values[first]; ) {
                    end++;
                }
                if (values[first] != 0) {
                    action.take(values[first], row, first, end - 1L);
                }
            }
        });
    }

    /** Whether a row lies where the point was found to lie along the axes behind this one. */
    private boolean isChosen(long label, long[] row, int axis) {
        long[] point = points.get(label);
        return Arrays.equals(row, axis + 1, row.length, point, axis + 1, row.length);
    }

    /** Halfway between the ends of each object, at the nearest place where it has pixels. */
    private void chooseAlong(int axis) {
        Map<Long, long[]> ends = new TreeMap<>();
        forEachRun((label, row, first, last) -> {
            points.computeIfAbsent(label, unseen -> row.clone());
            if (isChosen(label, row, axis)) {
                long[] of = ends.computeIfAbsent(label, unseen -> new long[] {row[axis], row[axis]});
                of[0] = Math.min(of[0], row[axis]);
                of[1] = Math.max(of[1], row[axis]);
            }
        });
        Map<Long, Long> nearest = new TreeMap<>();
        forEachRun((label, row, first, last) -> {
            if (isChosen(label, row, axis)) {
                long[] of = ends.get(label);
                long middle = (of[0] + of[1] + 1) / 2;
                nearest.merge(label, row[axis], (a, b) -> Math.abs(b - middle) < Math.abs(a - middle) ? b : a);
            }
        });
        nearest.forEach((label, at) -> points.get(label)[axis] = at);
    }

    private void chooseInRows() {
        Map<Long, Long> longest = new TreeMap<>();
        forEachRun((label, row, first, last) -> {
            long length = last - first + 1;
            if (isChosen(label, row, 0) && length > longest.getOrDefault(label, 0L)) {
                longest.put(label, length);
                points.get(label)[0] = (first + last + 1) / 2;
            }
        });
    }
}
