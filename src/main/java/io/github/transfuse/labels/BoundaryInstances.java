package io.github.transfuse.labels;

import java.util.Arrays;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.IntervalIndexer;
import net.imglib2.view.Views;

/**
 * Takes touching objects apart with the help of a boundary class (after Caicedo et al. 2019, Cytometry A 95:952).
 *
 * <p>Each connected piece of confident interior is the seed of an object: foreground that is more interior than boundary.
 * Where the network saw no boundary between two, a seed is taken apart by its shape ({@link #splitDepth}). From the seeds
 * the labels grow into the rest of the foreground, most interior-like pixels first (a watershed with markers), so that
 * neighbours meet on the ridge of the boundary. Foreground that no seed reaches is dropped. {@link BoundaryTargets} makes the classes to train on.
 *
 * @param interiorThreshold a pixel is a seed where its interior probability is greater, 0 to 1
 * @param foregroundThreshold a pixel is foreground where interior + boundary is greater, 0 to 1
 * @param connectivity which pixels of a seed touch; growing is by shared faces
 * @param splitDepth a seed is several objects where its parts are so many pixels deeper than the neck between them, at
 *     least 0; 0: seeds stay whole
 */
public record BoundaryInstances(
        double interiorThreshold, double foregroundThreshold, Connectivity connectivity, double splitDepth) {
    /** Class of pixels outside objects. */
    public static final int BACKGROUND = 0;
    /** Class of pixels inside objects, away from their boundary. */
    public static final int INTERIOR = 1;
    /** Class of pixels of objects at their boundary. */
    public static final int BOUNDARY = 2;

    /** Steps into which probability is cut for the order of growing. */
    private static final int LEVELS = 1024;

    /** Both thresholds one half, seeds by shared faces, which stay whole. */
    public static final BoundaryInstances DEFAULT = new BoundaryInstances(0.5, 0.5, Connectivity.FACES, 0);

    /**
     * As strict as asked for: above one half, fewer and smaller objects; below, fainter ones too, which are still taken apart
     * where they touch.
     *
     * @param threshold an object is where interior + boundary is greater, 0 to 1; with one half as {@link #DEFAULT}
     * @param splitDepth as {@link #splitDepth}
     */
    public static BoundaryInstances at(double threshold, double splitDepth) {
        return new BoundaryInstances(Math.min(0.5, threshold), threshold, Connectivity.FACES, splitDepth);
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a threshold is not in [0, 1], or the depth is negative
     */
    public BoundaryInstances {
        if (!(interiorThreshold >= 0
                && interiorThreshold <= 1
                && foregroundThreshold >= 0
                && foregroundThreshold <= 1)) {
            throw new IllegalArgumentException(
                    "thresholds " + interiorThreshold + " and " + foregroundThreshold + " must be in [0, 1]");
        }
        if (!(splitDepth >= 0)) {
            throw new IllegalArgumentException("split depth " + splitDepth + " must be at least 0");
        }
    }

    /**
     * Finds the objects.
     *
     * @param probabilities of background, interior and boundary, the class as last axis
     * @return labels 1 to n in raster order of their seeds; sizes counted after growing
     * @throws IllegalArgumentException if there are not three classes
     */
    public ConnectedComponents.Components decode(RandomAccessibleInterval<? extends RealType<?>> probabilities) {
        long[] size = probabilities.dimensionsAsLongArray();
        return decode(probabilities, LabelImages.create(Arrays.copyOf(size, Math.max(1, size.length - 1))));
    }

    /**
     * Finds the objects, into an image of the caller's choice.
     *
     * @param probabilities of background, interior and boundary, the class as last axis
     * @param labels receives the labels; the axes without the last
     * @return labels 1 to n in raster order of their seeds; sizes counted after growing
     * @throws IllegalArgumentException if there are not three classes
     */
    public ConnectedComponents.Components decode(
            RandomAccessibleInterval<? extends RealType<?>> probabilities, RandomAccessibleInterval<IntType> labels) {
        int classAxis = probabilities.numDimensions() - 1;
        if (classAxis < 1 || probabilities.dimension(classAxis) != 3) {
            throw new IllegalArgumentException("touching objects need the 3 classes background, interior, boundary as"
                    + " last axis, but the size is " + Arrays.toString(probabilities.dimensionsAsLongArray()));
        }
        RandomAccessibleInterval<? extends RealType<?>> p = Views.zeroMin(probabilities);
        RandomAccessibleInterval<UnsignedByteType> seeds = Converters.convert(
                Views.hyperSlice(p, classAxis, INTERIOR),
                Views.hyperSlice(p, classAxis, BOUNDARY),
                (interior, boundary, out) ->
                        out.set(isSeed(interior.getRealDouble(), boundary.getRealDouble()) ? 1 : 0),
                new UnsignedByteType());
        ConnectedComponents.Components pieces = ConnectedComponents.of(seeds, connectivity, labels);
        ConnectedComponents.Components objects = splitDepth > 0 ? ShapeSplit.of(pieces, splitDepth) : pieces;
        new Growth(p, objects, this).run();
        return objects;
    }

    private boolean isSeed(double interior, double boundary) {
        return interior > interiorThreshold && interior >= boundary && interior + boundary > foregroundThreshold;
    }

    /**
     * 1 wherever objects may lie; 0 elsewhere.
     *
     * @param probabilities of background, interior and boundary, the class as last axis
     * @return a view, without the last axis
     */
    public <T extends RealType<T>> RandomAccessibleInterval<UnsignedByteType> foreground(
            RandomAccessibleInterval<T> probabilities) {
        int classAxis = probabilities.numDimensions() - 1;
        return Converters.convert(
                Views.hyperSlice(probabilities, classAxis, INTERIOR),
                Views.hyperSlice(probabilities, classAxis, BOUNDARY),
                (interior, boundary, out) ->
                        out.set(interior.getRealDouble() + boundary.getRealDouble() > foregroundThreshold ? 1 : 0),
                new UnsignedByteType());
    }

    /** Grows labels over the foreground; queues of equal probability are served in order, so the result is fixed. */
    private static final class Growth {
        private final RandomAccess<? extends RealType<?>> probability;
        private final RandomAccess<IntType> label;
        private final long[] sizes;
        private final long[] size;
        private final BoundaryInstances rule;
        private final LongQueue[] waiting = new LongQueue[LEVELS];
        private int level = LEVELS;

        Growth(
                RandomAccessibleInterval<? extends RealType<?>> probabilities,
                ConnectedComponents.Components objects,
                BoundaryInstances rule) {
            this.probability = probabilities.randomAccess();
            this.label = objects.labels().randomAccess();
            this.sizes = objects.sizes();
            this.size = objects.labels().dimensionsAsLongArray();
            this.rule = rule;
            Arrays.setAll(waiting, i -> new LongQueue());
        }

        void run() {
            long[] at = new long[size.length];
            Rows.forEach(size, position -> {
                System.arraycopy(position, 0, at, 0, at.length);
                for (at[0] = 0; at[0] < size[0]; at[0]++) {
                    // asked again, because labels are growing already: what they reached is not a seed
                    if (rule.isSeed(of(at, INTERIOR), of(at, BOUNDARY))) {
                        visitNeighbours(at, label.setPositionAndGet(at).get());
                    }
                }
            });
            for (level = 0; level < LEVELS; level++) {
                // a pixel found on the way may be more interior-like than the queue in work: back to its level
                while (level < LEVELS && !waiting[level].isEmpty()) {
                    IntervalIndexer.indexToPosition(waiting[level].remove(), size, at);
                    visitNeighbours(at, label.setPositionAndGet(at).get());
                }
            }
        }

        private void visitNeighbours(long[] at, int object) {
            for (int d = 0; d < size.length; d++) {
                long x = at[d];
                for (long step = -1; step <= 1; step += 2) {
                    at[d] = x + step;
                    if (at[d] >= 0 && at[d] < size[d]) {
                        visit(at, object);
                    }
                }
                at[d] = x;
            }
        }

        private void visit(long[] at, int object) {
            if (label.setPositionAndGet(at).get() != 0) {
                return;
            }
            double interior = of(at, INTERIOR);
            if (interior + of(at, BOUNDARY) > rule.foregroundThreshold) {
                label.get().set(object);
                sizes[object]++;
                int found = (int) Math.max(0, Math.min(LEVELS - 1, (1 - interior) * LEVELS));
                waiting[found].add(IntervalIndexer.positionToIndex(at, size));
                level = Math.min(level, found);
            }
        }

        private double of(long[] at, int k) {
            for (int d = 0; d < at.length; d++) {
                probability.setPosition(at[d], d);
            }
            probability.setPosition(k, at.length);
            return probability.get().getRealDouble();
        }
    }
}
