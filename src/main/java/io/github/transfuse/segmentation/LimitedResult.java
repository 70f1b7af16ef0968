package io.github.transfuse.segmentation;

import io.github.transfuse.inference.Parts;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.InnerPoints;
import io.github.transfuse.labels.LabelCleaning;
import java.util.BitSet;
import java.util.Map;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * Leaves out of results what {@link Limits} do not want. In other slices and time points nothing is found, so that objects
 * end there. Classes end at the border of a selected area. An object is kept whole if its {@linkplain InnerPoints inner
 * point} lies in the area, and left out otherwise, so that of two areas side by side each object belongs to one. One that only
 * encloses the area with a hole that is filled is left out.
 */
public final class LimitedResult {
    private final Limits limits;
    private final Surroundings needed;
    private final RandomAccessibleInterval<BitType> pixels;
    private final RandomAccessibleInterval<BitType> planes;
    /** One pixel of each plane, where planes of the file are planes of the model. */
    private final RandomAccessibleInterval<BitType> probe;

    public LimitedResult(Limits limits, Surroundings needed) {
        this.limits = limits;
        this.needed = needed;
        this.pixels = limits.pixels();
        this.planes = limits.planes();
        long[] last = planes.maxAsLongArray();
        if (limits.lieAsTheFile()) {
            last[0] = planes.min(0);
            last[1] = planes.min(1);
        }
        this.probe = Views.interval(planes, planes.minAsLongArray(), last);
    }

    /** Whether a part holds something wanted. */
    boolean wants(Parts parts, long index) {
        return limits.haveAllPlanes() || isAny(parts.part(probe, index));
    }

    /** Whether a plane of a part holds something wanted. */
    boolean wants(Parts parts, long index, Parts inner, long plane) {
        return limits.haveAllPlanes() || isAny(inner.part(parts.part(probe, index), plane));
    }

    private static boolean isAny(RandomAccessibleInterval<BitType> mask) {
        for (BitType wanted : IterableRandomAccessibleInterval.create(mask)) {
            if (wanted.get()) {
                return true;
            }
        }
        return false;
    }

    /** Finds nothing in other slices and time points. */
    void cutPlanes(RandomAccessibleInterval<UnsignedByteType> classes, Parts parts, long index) {
        if (!limits.haveAllPlanes()) {
            zeroOutside(classes, parts.part(planes, index));
        }
    }

    /** Finds nothing in other slices and time points, also where objects are found from probabilities. */
    void cutPlanesOfProbabilities(RandomAccessibleInterval<FloatType> probabilities, Parts parts, long index) {
        int last = probabilities.numDimensions() - 1;
        for (long k = 0; k < probabilities.dimension(last) && !limits.haveAllPlanes(); k++) {
            zeroOutside(Views.hyperSlice(probabilities, last, k), parts.part(planes, index));
        }
    }

    /** Cuts a class map. */
    void cut(RandomAccessibleInterval<UnsignedByteType> classes, Parts parts, long index) {
        if (limits.areAny()) {
            zeroOutside(classes, parts.part(pixels, index));
        }
    }

    private static <T extends RealType<T>> void zeroOutside(
            RandomAccessibleInterval<T> values, RandomAccessibleInterval<BitType> mask) {
        LoopBuilder.setImages(values, mask).forEachPixel((value, wanted) -> {
            if (!wanted.get()) {
                value.setZero();
            }
        });
    }

    /** Whether {@link #isComplete} is worth asking. */
    boolean mayBeIncomplete() {
        return needed.areAsked();
    }

    /** Whether enough was computed; if not, more will be. */
    boolean isComplete(ConnectedComponents.Components foreground) {
        return needed.hold(foreground);
    }

    /** Whether objects are chosen at all. */
    boolean choosesObjects() {
        return limits.area().isPresent();
    }

    /** The labels that have a pixel in a mask. */
    BitSet touching(RandomAccessibleInterval<IntType> labels, RandomAccessibleInterval<BitType> mask) {
        BitSet touching = new BitSet();
        LoopBuilder.setImages(labels, mask).forEachPixel((label, wanted) -> {
            if (wanted.get()) {
                touching.set(label.get());
            }
        });
        return touching;
    }

    /** The wanted pixels of a part. */
    RandomAccessibleInterval<BitType> pixels(Parts parts, long index) {
        return parts.part(pixels, index);
    }

    /** Leaves the objects, of those that were found to touch a mask, whose inner point lies there; numbered anew. */
    void keep(RandomAccessibleInterval<IntType> labels, RandomAccessibleInterval<BitType> mask, BitSet touching) {
        RandomAccess<BitType> wanted = mask.randomAccess();
        Map<Long, long[]> points = InnerPoints.of(labels);
        LabelCleaning.keep(
                labels,
                label -> touching.get((int) label)
                        && wanted.setPositionAndGet(points.get(label)).get());
    }

    /** Leaves probabilities where pixels are wanted or belong to an object that is. */
    <T extends IntegerType<T>> void cutProbabilities(
            RandomAccessibleInterval<FloatType> probabilities,
            RandomAccessibleInterval<T> labels,
            Parts parts,
            long index) {
        int last = probabilities.numDimensions() - 1;
        for (long k = 0; k < probabilities.dimension(last) && limits.areAny(); k++) {
            LoopBuilder.setImages(Views.hyperSlice(probabilities, last, k), labels, parts.part(pixels, index))
                    .forEachPixel((p, label, wanted) -> {
                        if (!wanted.get() && label.getIntegerLong() == 0) {
                            p.setZero();
                        }
                    });
        }
    }
}
