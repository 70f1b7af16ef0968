package io.github.transfuse.inference;

import io.github.transfuse.tiling.TilePlan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A part of a large image that is segmented alone: its tiles lie where those of the large image do, so that what a pixel
 * gets does not depend on the part, if all tiles over it are in the part.
 */
public final class TileWindow {
    private final long[] min;
    private final TilePlan plan;

    private TileWindow(long[] min, TilePlan plan) {
        this.min = min;
        this.plan = plan;
    }

    /**
     * The smallest part with all tiles over some pixels of an image.
     *
     * @param grid how tiles lie
     * @param image its size, x and y
     * @param min first pixel, inside the image
     * @param max behind the last pixel, inside the image or at its end, and larger than {@code min}
     */
    public static TileWindow of(TileGrid grid, long[] image, long[] min, long[] max) {
        TilePlan whole = grid.plan(image);
        long[] first = new long[image.length];
        long[] counts = new long[image.length];
        long[] start = new long[image.length];
        for (int d = 0; d < image.length; d++) {
            while (whole.start(d, first[d]) + whole.tileSize(d) <= min[d]) {
                first[d]++;
            }
            counts[d] = 1;
            while (first[d] + counts[d] < whole.count(d) && whole.start(d, first[d] + counts[d]) < max[d]) {
                counts[d]++;
            }
            start[d] = Math.max(0, whole.start(d, first[d]));
        }
        return new TileWindow(start, whole.part(first, counts));
    }

    /** Where it begins in the large image. */
    public long min(int axis) {
        return min[axis];
    }

    /** How many pixels of the large image it has. */
    public long size(int axis) {
        return plan.size(axis);
    }

    /** Where its tiles begin in the large image; before it where the image is smaller than a tile. */
    public List<Long> starts(int axis) {
        return LongStream.range(0, plan.count(axis))
                .map(step -> min[axis] + plan.start(axis, step))
                .boxed()
                .toList();
    }

    /**
     * Its tiles.
     *
     * @throws IllegalArgumentException if the image that is segmented is not of its size
     */
    TilePlan plan(long... size) {
        long[] own = new long[plan.numDimensions()];
        Arrays.setAll(own, plan::size);
        if (!Arrays.equals(own, size)) {
            throw new IllegalArgumentException("The window is of " + Arrays.toString(own) + " pixels, but the image of "
                    + Arrays.toString(size) + ".");
        }
        return plan;
    }
}
