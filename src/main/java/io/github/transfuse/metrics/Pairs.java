package io.github.transfuse.metrics;

import java.util.Arrays;
import java.util.Iterator;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/** Walks prediction and truth side by side, by runs of equal pairs of values. */
final class Pairs {
    private Pairs() {}

    /** Takes a run of pixels in raster order that share both values. */
    @FunctionalInterface
    interface Action {
        void run(long predicted, long truth, long pixels);
    }

    static void forEach(
            RandomAccessibleInterval<? extends IntegerType<?>> prediction,
            RandomAccessibleInterval<? extends IntegerType<?>> truth,
            Action action) {
        requireSameSize(prediction, truth);
        Iterator<? extends IntegerType<?>> p =
                IterableRandomAccessibleInterval.create(prediction).iterator();
        long predicted = 0;
        long wanted = 0;
        long pixels = 0;
        for (IntegerType<?> t : IterableRandomAccessibleInterval.create(truth)) {
            long nextPredicted = p.next().getIntegerLong();
            long nextWanted = t.getIntegerLong();
            if (nextPredicted != predicted || nextWanted != wanted) {
                action.run(predicted, wanted, pixels);
                predicted = nextPredicted;
                wanted = nextWanted;
                pixels = 0;
            }
            pixels++;
        }
        action.run(predicted, wanted, pixels);
    }

    static void requireSameSize(RandomAccessibleInterval<?> prediction, RandomAccessibleInterval<?> truth) {
        long[] p = prediction.dimensionsAsLongArray();
        long[] t = truth.dimensionsAsLongArray();
        if (!Arrays.equals(p, t)) {
            throw new IllegalArgumentException("prediction has size " + Arrays.toString(p) + " but truth has size "
                    + Arrays.toString(t) + ": they must be the same image");
        }
    }
}
