package io.github.transfuse.labels;

import java.util.Arrays;
import net.imglib2.img.array.ArrayImgs;

/**
 * The basins of one piece by its shape. Its depth is the distance to its edge, smoothed; a peak is one of its own if it
 * rises by so much above the neck that leads to a higher one (its dynamics: Grimaud 1992, SPIE 1769:292), which are the
 * h-maxima. Each pixel belongs to the peak that it is reached from first when the piece is flooded from its peaks downwards.
 */
final class ShapeBasins {
    /** Smooths away the steps of pixels at the edge; found on the validation images of the model nuclei. */
    private static final double SIGMA = 1.5;

    /** Beyond it the kernel is nothing: pixels around a piece that are looked at. */
    static final int MARGIN = 5;

    private static final float[] KERNEL = kernel();

    /** Steps into which a pixel of depth is cut, so that rounding does not decide who is flooded first. */
    private static final int STEPS = 256;

    private final int[] size;
    private final int[] level;
    private final int[] basin;

    /** The basins; those of higher peaks have smaller numbers, so that the highest of a set stands for it. */
    private final UnionFind sets = new UnionFind();

    /** Level of the peak of each basin. */
    private int[] peak = new int[8];

    /**
     * Floods a piece.
     *
     * @param inside the piece in its box, axis 0 fastest: with a margin around it, but where the image ends, since an object
     *     goes on behind its border
     * @param size of the box
     * @param least dynamics of a peak, in pixels
     */
    ShapeBasins(boolean[] inside, int[] size, double least) {
        this.size = size.clone();
        this.level = levels(inside, size);
        this.basin = new int[inside.length];
        int needed = (int) Math.ceil(least * STEPS);
        for (int pixel : deepestFirst(inside)) {
            flood(pixel, needed);
        }
    }

    /** The basin of each pixel of the box, 1, 2, ... from the highest peak on; 0 outside of the piece. */
    int[] numbers() {
        int[] numbers = sets.numbers();
        return Arrays.stream(basin).map(each -> numbers[each]).toArray();
    }

    private static float[] kernel() {
        float[] weights = new float[2 * MARGIN + 1];
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(-(i - MARGIN) * (i - MARGIN) / (2 * SIGMA * SIGMA));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static int[] levels(boolean[] inside, int... size) {
        float[] depth = new float[inside.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = inside[i] ? Float.POSITIVE_INFINITY : 0;
        }
        double[] pixels = new double[size.length];
        Arrays.fill(pixels, 1);
        long[] dimensions = Arrays.stream(size).asLongStream().toArray();
        DistanceTransform.squared(ArrayImgs.floats(depth, dimensions), pixels);
        for (int i = 0; i < depth.length; i++) {
            // a piece that fills the image has no edge
            depth[i] = Float.isInfinite(depth[i]) ? 0 : (float) Math.sqrt(depth[i]);
        }
        smooth(depth, size);
        int[] level = new int[depth.length];
        Arrays.setAll(level, i -> Math.round(depth[i] * STEPS));
        return level;
    }

    private static void smooth(float[] values, int... size) {
        int step = 1;
        for (int length : size) {
            float[] line = new float[length];
            for (int block = 0; block < values.length; block += step * length) {
                for (int first = block; first < block + step; first++) {
                    smooth(values, first, step, line);
                }
            }
            step *= length;
        }
    }

    private static void smooth(float[] values, int first, int step, float... line) {
        for (int i = 0; i < line.length; i++) {
            line[i] = values[first + i * step];
        }
        for (int i = 0; i < line.length; i++) {
            float sum = 0;
            for (int k = 0; k < KERNEL.length; k++) {
                sum += KERNEL[k] * line[mirrored(i + k - MARGIN, line.length)];
            }
            values[first + i * step] = sum;
        }
    }

    /** An index in a line that is mirrored at its ends, which are repeated. */
    private static int mirrored(int index, int length) {
        int within = Math.floorMod(index, 2 * length);
        return Math.min(within, 2 * length - 1 - within);
    }

    /** Sorted by counting; of equally deep ones the first in the box comes first. */
    private int[] deepestFirst(boolean... inside) {
        int deepest = 0;
        int pixels = 0;
        for (int i = 0; i < inside.length; i++) {
            if (inside[i]) {
                deepest = Math.max(deepest, level[i]);
                pixels++;
            }
        }
        int[] from = new int[deepest + 2];
        for (int i = 0; i < inside.length; i++) {
            if (inside[i]) {
                from[deepest - level[i] + 1]++;
            }
        }
        Arrays.parallelPrefix(from, Integer::sum);
        int[] order = new int[pixels];
        for (int i = 0; i < inside.length; i++) {
            if (inside[i]) {
                order[from[deepest - level[i]]++] = i;
            }
        }
        return order;
    }

    /** All deeper pixels are flooded already. */
    private void flood(int pixel, int needed) {
        int[] neighbours = flooded(pixel);
        if (neighbours.length == 0) {
            basin[pixel] = newBasin(level[pixel]);
            return;
        }
        int highest = Integer.MAX_VALUE;
        int deepest = neighbours[0];
        for (int neighbour : neighbours) {
            highest = Math.min(highest, sets.find(basin[neighbour]));
            deepest = level[neighbour] > level[deepest] ? neighbour : deepest;
        }
        for (int neighbour : neighbours) {
            int other = sets.find(basin[neighbour]);
            if (peak[other] - level[pixel] < needed) {
                sets.union(highest, other);
            }
        }
        basin[pixel] = sets.find(basin[deepest]);
    }

    private int newBasin(int height) {
        int added = sets.add();
        if (added == peak.length) {
            peak = Arrays.copyOf(peak, 2 * added);
        }
        peak[added] = height;
        return added;
    }

    /** Neighbours by shared faces that have a basin. */
    private int[] flooded(int pixel) {
        int[] found = new int[2 * size.length];
        int n = 0;
        int step = 1;
        for (int length : size) {
            int at = (pixel / step) % length;
            if (at > 0 && basin[pixel - step] != 0) {
                found[n++] = pixel - step;
            }
            if (at < length - 1 && basin[pixel + step] != 0) {
                found[n++] = pixel + step;
            }
            step *= length;
        }
        return Arrays.copyOf(found, n);
    }
}
