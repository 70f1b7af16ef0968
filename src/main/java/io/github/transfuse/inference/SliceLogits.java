package io.github.transfuse.inference;

import io.github.transfuse.image.ResultStore;
import io.github.transfuse.tiling.RowSink;
import java.io.IOException;

/**
 * Logits of a pile of planes at the model's scale, brought to the size of the image plane by plane as they come: all rows of
 * the first plane, then those of the next.
 */
final class SliceLogits implements RowSink {
    private final int classes;
    private final long[] from;
    private final long[] to;
    private final RowSink sink;
    private LogitImage plane;
    private long index;

    /**
     * A sink before another one.
     *
     * @param from width and height of the planes that come
     * @param to width and height of the planes that the sink gets
     * @param sink receives positions x, y and the number of the plane
     */
    SliceLogits(int classes, long[] from, long[] to, RowSink sink) throws IOException {
        this.classes = classes;
        this.from = from.clone();
        this.to = new long[] {to[0], to[1]};
        this.sink = sink;
        this.plane = empty();
    }

    private LogitImage empty() throws IOException {
        return new LogitImage(ResultStore.now(note -> {}), classes, from);
    }

    /** Takes a row; where its plane lies in the part of the pile that is computed does not matter. */
    @Override
    public void row(long[] position, float[][] logits) throws IOException {
        plane.row(new long[] {0, position[1]}, logits);
        if (position[1] == from[1] - 1) {
            plane.resample(
                    LogitImage.Window.all(from),
                    (inPlane, row) -> sink.row(new long[] {inPlane[0], inPlane[1], index}, row),
                    to);
            plane = empty();
            index++;
        }
    }
}
