package io.github.transfuse.tiling;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * How visible the tiles are in a result: mean |difference| of neighbouring pixels across the lines where a tile begins
 * or ends, divided by the same mean across the parallel lines in between. 1 means invisible; the project's bound is 1.2.
 */
public final class SeamIndex {
    private SeamIndex() {}

    /**
     * Measures a probability image.
     *
     * <p>Each axis counts as much as it has pixel pairs across tile lines, on both sides of the fraction, so that an
     * axis of steeper slopes does not pass for a seam.
     *
     * @param probability probabilities, of the plan's size; time grows with the number of pixels
     * @param plan the tiles it was blended from
     * @return 0 or more; 1 if no difference is found anywhere; infinite if differences are found across tile lines only;
     *     NaN if the plan has no tile line, or only tile lines: nothing to compare
     */
    public static double of(RandomAccessibleInterval<? extends RealType<?>> probability, TilePlan plan) {
        double seams = 0;
        double between = 0;
        boolean measured = false;
        for (int d = 0; d < plan.numDimensions(); d++) {
            Steps atLines = new Steps();
            Steps elsewhere = new Steps();
            measure(probability, plan, d, atLines, elsewhere);
            if (atLines.pairs > 0 && elsewhere.pairs > 0) {
                seams += atLines.sum;
                between += elsewhere.sum / elsewhere.pairs * atLines.pairs;
                measured = true;
            }
        }
        if (!measured) {
            return Double.NaN;
        }
        return seams == between ? 1 : seams / between;
    }

    private static void measure(
            RandomAccessibleInterval<? extends RealType<?>> p,
            TilePlan plan,
            int axis,
            Steps atLines,
            Steps elsewhere) {
        long min = p.min(axis);
        for (long x = 1; x < plan.size(axis); x++) {
            Steps steps = isTileLine(plan, axis, x) ? atLines : elsewhere;
            Cursor<? extends RealType<?>> before = IterableRandomAccessibleInterval.create(
                            Views.hyperSlice(p, axis, min + x - 1))
                    .cursor();
            Cursor<? extends RealType<?>> after = IterableRandomAccessibleInterval.create(
                            Views.hyperSlice(p, axis, min + x))
                    .cursor();
            while (before.hasNext()) {
                steps.add(before.next().getRealDouble(), after.next().getRealDouble());
            }
        }
    }

    /**
     * Whether a tile begins at a pixel or ends before it.
     *
     * @param plan the tiles
     * @param axis 0 is x
     * @param x a coordinate in the image
     * @return true if the line between x - 1 and x is a border of some tile inside the image
     */
    static boolean isTileLine(TilePlan plan, int axis, long x) {
        return isStart(plan, axis, x) || isStart(plan, axis, x - plan.tileSize(axis));
    }

    private static boolean isStart(TilePlan plan, int axis, long x) {
        long low = 0;
        long high = plan.count(axis) - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (plan.start(axis, middle) < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return plan.start(axis, low) == x;
    }

    private static final class Steps {
        private double sum;
        private long pairs;

        void add(double a, double b) {
            sum += Math.abs(a - b);
            pairs++;
        }
    }
}
