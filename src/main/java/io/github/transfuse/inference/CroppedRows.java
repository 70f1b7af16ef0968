package io.github.transfuse.inference;

import io.github.transfuse.tiling.RowSink;
import java.io.IOException;
import java.util.Arrays;

/** Passes on the rows of a box within an image, as those of an image of its own. */
public final class CroppedRows implements RowSink {
    private final long[] min;
    private final long[] max;
    private final RowSink sink;

    /**
     * Of a box.
     *
     * @param min its first pixel, x, y(, z)
     * @param max behind its last pixel
     * @param sink gets its rows
     */
    public CroppedRows(long[] min, long[] max, RowSink sink) {
        this.min = min.clone();
        this.max = max.clone();
        this.sink = sink;
    }

    @Override
    public void row(long[] position, float[][] logits) throws IOException {
        long[] within = new long[position.length];
        for (int d = 1; d < position.length; d++) {
            if (position[d] < min[d] || position[d] >= max[d]) {
                return;
            }
            within[d] = position[d] - min[d];
        }
        float[][] cut = new float[logits.length][];
        for (int k = 0; k < cut.length; k++) {
            cut[k] = Arrays.copyOfRange(logits[k], Math.toIntExact(min[0]), Math.toIntExact(max[0]));
        }
        sink.row(within, cut);
    }
}
