package io.github.transfuse.labels;

import java.util.HashMap;
import java.util.Map;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * Classes to train on from instances: the inverse of {@link BoundaryInstances}.
 *
 * <p>A pixel is boundary if another label or background is at most {@code thickness} steps over faces away; the border of
 * the image is no boundary, for an object goes on behind it. An object too small for an interior keeps its deepest
 * pixels as interior, so that no object is without a seed.
 */
public final class BoundaryTargets {
    private BoundaryTargets() {}

    /**
     * Makes the class map.
     *
     * @param instances 0 = background, any dimension
     * @param thickness of the boundary in pixels, 1 to 100
     * @return 0 background, 1 interior, 2 boundary; starts at 0
     * @throws IllegalArgumentException if the thickness is out of its range
     */
    public static Img<UnsignedByteType> of(
            RandomAccessibleInterval<? extends IntegerType<?>> instances, int thickness) {
        if (thickness < 1 || thickness > 100) {
            throw new IllegalArgumentException("boundary thickness " + thickness + " must be 1 to 100 pixels");
        }
        RandomAccessibleInterval<? extends IntegerType<?>> labels = Views.zeroMin(instances);
        Img<UnsignedByteType> depth = LabelImages.create(new UnsignedByteType(), labels.dimensionsAsLongArray());
        for (int d = 1; d <= thickness; d++) {
            peel(labels, depth, d);
        }
        classify(labels, depth, deepest(labels, depth));
        return depth;
    }

    /** Gives depth d to pixels without a depth that touch another label (d = 1) or depth d - 1. */
    private static void peel(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, Img<UnsignedByteType> depth, int d) {
        Cursor<UnsignedByteType> cursor = depth.localizingCursor();
        RandomAccess<? extends IntegerType<?>> label = labels.randomAccess();
        RandomAccess<UnsignedByteType> neighbourDepth = depth.randomAccess();
        while (cursor.hasNext()) {
            UnsignedByteType own = cursor.next();
            if (own.get() == 0 && label.setPositionAndGet(cursor).getIntegerLong() != 0) {
                neighbourDepth.setPosition(cursor);
                if (d == 1 ? touchesOther(label, depth) : touchesDepth(neighbourDepth, depth, d - 1)) {
                    own.set(d);
                }
            }
        }
    }

    private static boolean touchesOther(
            RandomAccess<? extends IntegerType<?>> label, RandomAccessibleInterval<?> bounds) {
        long own = label.get().getIntegerLong();
        return anyNeighbour(label, bounds, neighbour -> neighbour.getIntegerLong() != own);
    }

    private static boolean touchesDepth(
            RandomAccess<UnsignedByteType> depth, RandomAccessibleInterval<?> bounds, int wanted) {
        return anyNeighbour(depth, bounds, neighbour -> neighbour.get() == wanted);
    }

    private static <T> boolean anyNeighbour(
            RandomAccess<? extends T> access,
            RandomAccessibleInterval<?> bounds,
            java.util.function.Predicate<? super T> wanted) {
        boolean found = false;
        for (int d = 0; d < bounds.numDimensions() && !found; d++) {
            long x = access.getLongPosition(d);
            if (x > 0) {
                access.bck(d);
                found = wanted.test(access.get());
                access.fwd(d);
            }
            if (!found && x < bounds.max(d)) {
                access.fwd(d);
                found = wanted.test(access.get());
                access.bck(d);
            }
        }
        return found;
    }

    /** For each label, the depth that is its interior: 0 (not peeled) if any is left, else the largest. */
    private static Map<Long, Integer> deepest(
            RandomAccessibleInterval<? extends IntegerType<?>> labels, Img<UnsignedByteType> depth) {
        Map<Long, Integer> deepest = new HashMap<>();
        Cursor<UnsignedByteType> cursor = depth.localizingCursor();
        RandomAccess<? extends IntegerType<?>> label = labels.randomAccess();
        while (cursor.hasNext()) {
            int d = cursor.next().get();
            long object = label.setPositionAndGet(cursor).getIntegerLong();
            if (object != 0) {
                deepest.merge(object, d, (a, b) -> a == 0 || b == 0 ? 0 : Math.max(a, b));
            }
        }
        return deepest;
    }

    private static void classify(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            Img<UnsignedByteType> depth,
            Map<Long, Integer> deepest) {
        Cursor<UnsignedByteType> cursor = depth.localizingCursor();
        RandomAccess<? extends IntegerType<?>> label = labels.randomAccess();
        while (cursor.hasNext()) {
            UnsignedByteType pixel = cursor.next();
            long object = label.setPositionAndGet(cursor).getIntegerLong();
            if (object == 0) {
                pixel.set(BoundaryInstances.BACKGROUND);
            } else {
                boolean interior = pixel.get() == deepest.get(object);
                pixel.set(interior ? BoundaryInstances.INTERIOR : BoundaryInstances.BOUNDARY);
            }
        }
    }
}
