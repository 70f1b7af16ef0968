package io.github.transfuse.segmentation;

import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.labels.InnerPoints;
import io.github.transfuse.labels.LabelCleaning;
import java.util.Map;
import java.util.Optional;
import net.imglib2.Cursor;
import net.imglib2.IterableRandomAccessibleInterval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Leaves out of results what {@link Limits} do not want. Classes end where the limits do. An object is kept whole if its
 * {@linkplain InnerPoints inner point} is wanted, as QuPath's objects are; but slices and time points end it.
 */
final class LimitedResult {
    private final Limits limits;
    private final RandomAccessibleInterval<BitType> pixels;
    private final RandomAccessibleInterval<BitType> planes;
    /** Few pixels that tell whether a part holds wanted planes. */
    private final RandomAccessibleInterval<BitType> probe;

    LimitedResult(Limits limits, boolean asFileLies) {
        this.limits = limits;
        this.pixels = limits.pixels();
        this.planes = limits.planes();
        long[] last = planes.maxAsLongArray();
        if (asFileLies) {
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

    /** Cuts a class map. */
    <T extends IntegerType<T>> void cut(RandomAccessibleInterval<T> classes, Parts parts, long index) {
        if (limits.areAny()) {
            zeroOutside(classes, parts.part(pixels, index));
        }
    }

    private static <T extends IntegerType<T>> void zeroOutside(
            RandomAccessibleInterval<T> labels, RandomAccessibleInterval<BitType> mask) {
        LoopBuilder.setImages(labels, mask).forEachPixel((label, wanted) -> {
            if (!wanted.get()) {
                label.setZero();
            }
        });
    }

    /**
     * Leaves the wanted objects of a part, numbered anew.
     *
     * @param objects the part taken apart into what objects do not leave
     * @return how many they are
     */
    long keep(RandomAccessibleInterval<IntType> labels, Parts parts, long index, Parts objects) {
        long count = 0;
        for (long i = 0; i < objects.count(); i++) {
            RandomAccessibleInterval<IntType> part = objects.part(labels, i);
            RandomAccess<BitType> wanted =
                    objects.part(parts.part(pixels, index), i).randomAccess();
            Map<Long, long[]> points = InnerPoints.of(part);
            count += LabelCleaning.keep(
                    part, label -> wanted.setPositionAndGet(points.get(label)).get());
        }
        if (!limits.haveAllPlanes()) {
            zeroOutside(labels, parts.part(planes, index));
        }
        return count;
    }

    /** Whether an object reaches to where too little was computed to know all of it; then more will be. */
    boolean growsFor(RandomAccessibleInterval<IntType> labels) {
        Optional<SelectedArea> sure = limits.sure();
        if (sure.isEmpty() || sure.get().isAll()) {
            return false;
        }
        Cursor<IntType> label = IterableRandomAccessibleInterval.create(labels).localizingCursor();
        while (label.hasNext()) {
            boolean found = label.next().get() != 0;
            if (found && !sure.get().contains(label.getLongPosition(0), label.getLongPosition(1))) {
                limits.grow();
                return true;
            }
        }
        return false;
    }

    /** Leaves probabilities where pixels are wanted or belong to an object that is. */
    <T extends IntegerType<T>> void cutProbabilities(
            RandomAccessibleInterval<FloatType> probabilities,
            RandomAccessibleInterval<T> labels,
            Parts parts,
            long index) {
        if (!limits.areAny()) {
            return;
        }
        int last = probabilities.numDimensions() - 1;
        for (long k = 0; k < probabilities.dimension(last); k++) {
            LoopBuilder.setImages(
                            Views.hyperSlice(probabilities, last, k), labels, parts.part(pixels, index))
                    .forEachPixel((p, label, wanted) -> {
                        if (!wanted.get() && label.getIntegerLong() == 0) {
                            p.setZero();
                        }
                    });
        }
    }
}
