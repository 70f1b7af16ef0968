package io.github.transfuse.tiling;

import java.io.IOException;
import java.util.Arrays;

/**
 * Weighted sums of logits for the part of the image that tiles still touch: a ring of as many positions along the last
 * axis as a tile is long. Rows are separate arrays, so the band may hold more than 2^31 values. Used by one thread.
 */
final class LogitBand {
    private final TilePlan plan;
    private final BlendWeights weights;
    private final RowSink sink;
    private final int classes;
    private final int last;
    /** Position along the last axis (modulo ring length), row within it, class, x. */
    private final float[][][][] ring;
    /** Positions along the last axis before this one are with the sink. */
    private long finished;

    LogitBand(TilePlan plan, BlendWindow window, int classes, RowSink sink) {
        this.plan = plan;
        this.weights = new BlendWeights(plan, window);
        this.sink = sink;
        this.classes = classes;
        this.last = plan.numDimensions() - 1;
        int positions = (int) Math.min(plan.size(last), plan.tileSize(last));
        this.ring = new float[positions][rows(plan)][classes][Math.toIntExact(plan.size(0))];
    }

    /** Rows at one position along the last axis: 1 in 2D, the height in 3D. */
    private static int rows(TilePlan plan) {
        long rows = 1;
        for (int d = 1; d < plan.numDimensions() - 1; d++) {
            rows = Math.multiplyExact(rows, plan.size(d));
        }
        return Math.toIntExact(rows);
    }

    int classes() {
        return classes;
    }

    /**
     * Adds one tile; tiles come in the order of the plan.
     *
     * @param logits K,[D,]H,W of this tile, from {@code offset}
     */
    void add(Tile tile, float[] logits, int offset) throws IOException {
        finishUntil(tile.origin(last));
        Span x = Span.of(plan, tile, 0);
        float[][] axes = new float[last + 1][];
        Arrays.setAll(axes, d -> weights.along(d, tile.step(d)));
        float[] weight = new float[plan.tileSize(0)];
        int tileRows = plan.tilePixels() / plan.tileSize(0);
        for (int row = 0; row < tileRows; row++) {
            float across = across(axes, row);
            if (across > 0) { // 0: outside a small image
                scale(axes[0], across, weight);
                float[][] sums = sums(tile, row);
                for (int k = 0; k < classes; k++) {
                    addRow(sums[k], x, logits, offset + (k * tileRows + row) * plan.tileSize(0), weight);
                }
            }
        }
    }

    /** The part of a row's weight that comes from the axes other than x. */
    private float across(float[][] axes, int row) {
        float weight = 1;
        int rest = row;
        for (int d = 1; d <= last; d++) {
            weight *= axes[d][rest % plan.tileSize(d)];
            rest /= plan.tileSize(d);
        }
        return weight;
    }

    private static void scale(float[] along, float across, float[] weight) {
        for (int i = 0; i < weight.length; i++) {
            weight[i] = along[i] * across;
        }
    }

    private float[][] sums(Tile tile, int row) {
        long middle = 0;
        long stride = 1;
        int rest = row;
        for (int d = 1; d < last; d++) {
            middle += stride * (tile.origin(d) + rest % plan.tileSize(d));
            stride *= plan.size(d);
            rest /= plan.tileSize(d);
        }
        return ring[(int) ((tile.origin(last) + rest) % ring.length)][(int) middle];
    }

    private static void addRow(float[] sums, Span x, float[] logits, int source, float[] weight) {
        int to = x.imageStart();
        int from = x.tileStart();
        int length = x.length();
        // plain indices and no branch, so that the compiler turns it into vector instructions
        for (int i = 0; i < length; i++) {
            sums[to + i] += logits[source + from + i] * weight[from + i];
        }
    }

    /** Hands all rows before this position of the last axis to the sink and clears them for those to come. */
    void finishUntil(long end) throws IOException {
        long[] position = new long[last + 1];
        for (; finished < end; finished++) {
            float[][][] rows = ring[(int) (finished % ring.length)];
            position[last] = finished;
            for (int row = 0; row < rows.length; row++) {
                locate(row, position);
                sink.row(position, rows[row]);
                for (float[] sums : rows[row]) {
                    Arrays.fill(sums, 0);
                }
            }
        }
    }

    private void locate(int row, long[] position) {
        long rest = row;
        position[0] = 0;
        for (int d = 1; d < last; d++) {
            position[d] = rest % plan.size(d);
            rest /= plan.size(d);
        }
        position[last] = finished;
    }

    /** The part of a tile's row that lies in the image. */
    private record Span(int imageStart, int tileStart, int length) {
        static Span of(TilePlan plan, Tile tile, int axis) {
            long from = Math.max(0, tile.origin(axis));
            long to = Math.min(plan.size(axis), tile.origin(axis) + plan.tileSize(axis));
            return new Span((int) from, (int) (from - tile.origin(axis)), (int) (to - from));
        }
    }
}
