package io.github.transfuse.labels;

import io.github.transfuse.labels.Outlines.Ring;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/** Walks along the borders of labels. */
final class RingTracer {
    /** Right, down, left, up. */
    private static final int[] DX = {1, 0, -1, 0};

    private static final int[] DY = {0, 1, 0, -1};

    private static final int RIGHT = 1;
    private static final int LEFT = 3;

    private final RandomAccess<? extends IntegerType<?>> pixels;
    private final RandomAccessibleInterval<? extends IntegerType<?>> image;
    private final boolean joined;
    /** Upper edges of pixels that a ring has walked along, by row; rows that are done are forgotten. */
    private final Map<Long, BitSet> walked = new HashMap<>();

    /**
     * Prepares to walk.
     *
     * @param image two axes from 0
     * @param joined whether pixels of one label that meet at a corner belong together
     */
    RingTracer(RandomAccessibleInterval<? extends IntegerType<?>> image, boolean joined) {
        this.image = image;
        this.pixels = image.randomAccess();
        this.joined = joined;
    }

    /** Walks along all rings, in raster order of their first pixel. */
    void trace(Consumer<Ring> each) {
        for (long y = 0; y < image.dimension(1); y++) {
            for (int x = 0; x < image.dimension(0); x++) {
                long label = at(x, y);
                if (label != 0 && at(x, y - 1) != label && !isWalked(x, y)) {
                    each.accept(walk(x, y, label));
                }
            }
            walked.remove(y);
        }
    }

    private boolean isWalked(int x, long y) {
        BitSet row = walked.get(y);
        return row != null && row.get(x);
    }

    private long at(long x, long y) {
        if (x < 0 || y < 0 || x >= image.dimension(0) || y >= image.dimension(1)) {
            return 0;
        }
        pixels.setPosition(x, 0);
        pixels.setPosition(y, 1);
        return pixels.get().getIntegerLong();
    }

    /** Follows the edge with the object on the right hand, from the upper left corner of a pixel. */
    private Ring walk(long startX, long startY, long label) {
        List<long[]> corners = new ArrayList<>();
        long x = startX;
        long y = startY;
        int direction = 0;
        do {
            if (direction == 0) {
                walked.computeIfAbsent(y, row -> new BitSet()).set((int) x);
            }
            x += DX[direction];
            y += DY[direction];
            int next = turn(x, y, direction, label);
            if (next != direction) {
                corners.add(new long[] {x, y});
                direction = next;
            }
        } while (x != startX || y != startY || direction != 0);
        long[] xs = corners.stream().mapToLong(c -> c[0]).toArray();
        long[] ys = corners.stream().mapToLong(c -> c[1]).toArray();
        return new Ring(label, xs, ys, signedArea(xs, ys) < 0);
    }

    /** Positive around an object, negative around a hole. */
    static double signedArea(long[] x, long[] y) {
        double twice = 0;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            twice += (double) x[j] * y[i] - (double) x[i] * y[j];
        }
        return twice / 2;
    }

    /** Where the pixels ahead differ at a corner, joined pixels are kept together, others parted. */
    private int turn(long x, long y, int direction, long label) {
        boolean right = isObject(x, y, direction, (direction + RIGHT) % 4, label);
        boolean left = (right || joined) && isObject(x, y, direction, (direction + LEFT) % 4, label);
        if (left) {
            return (direction + LEFT) % 4;
        }
        return right ? direction : (direction + RIGHT) % 4;
    }

    /** Whether the pixel at this vertex that lies ahead and to one side is the object's. */
    private boolean isObject(long x, long y, int ahead, int side, long label) {
        long px = x + (DX[ahead] + DX[side] < 0 ? -1 : 0);
        long py = y + (DY[ahead] + DY[side] < 0 ? -1 : 0);
        return at(px, py) == label;
    }
}
