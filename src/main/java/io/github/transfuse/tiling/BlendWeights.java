package io.github.transfuse.tiling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The window of a tile divided by the sum of the windows of all tiles over the same pixel.
 *
 * <p>The tiles form a grid and the window is separable, so the sum over all tiles is a product of sums along each axis:
 * the division is done here, in one dimension and double precision, and no image of summed weights is ever needed.
 * Along an axis the results for the tiles over a pixel add up to one. Used by one thread.
 */
final class BlendWeights {
    private final TilePlan plan;
    private final BlendWindow window;
    private final List<Map<Long, float[]>> known = new ArrayList<>();

    BlendWeights(TilePlan plan, BlendWindow window) {
        this.plan = plan;
        this.window = window;
        for (int d = 0; d < plan.numDimensions(); d++) {
            known.add(new HashMap<>());
        }
    }

    /** Weights of the pixels of the tiles at {@code step} along {@code axis}; 0 where a pixel is outside the image. */
    float[] along(int axis, long step) {
        return known.get(axis).computeIfAbsent(step, s -> normalised(axis, s));
    }

    private float[] normalised(int axis, long step) {
        float[] weights = new float[plan.tileSize(axis)];
        long start = plan.start(axis, step);
        for (int i = 0; i < weights.length; i++) {
            long x = start + i;
            if (x >= 0 && x < plan.size(axis)) {
                weights[i] = (float) (window.weight(axis, i) / total(axis, step, x));
            }
        }
        return weights;
    }

    /** Sum of the windows over coordinate x, by walking to both sides from a tile that holds x. */
    private double total(int axis, long step, long x) {
        long first = step;
        while (first > 0 && plan.start(axis, first - 1) + plan.tileSize(axis) > x) {
            first--;
        }
        double sum = 0;
        for (long s = first; s < plan.count(axis) && plan.start(axis, s) <= x; s++) {
            sum += window.weight(axis, (int) (x - plan.start(axis, s)));
        }
        return sum;
    }
}
