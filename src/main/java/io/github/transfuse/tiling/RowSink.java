package io.github.transfuse.tiling;

import java.io.IOException;

/** Takes the finished result row by row. Called from one thread, in raster order, once for each row of the image. */
@FunctionalInterface
public interface RowSink {
    /**
     * Takes one row along axis 0.
     *
     * @param position of the row's first pixel: {@code position[0]} is 0, then y[, z]; valid during the call only
     * @param logits blended logits {@code [class][x]}; valid during the call only
     * @throws IOException if the row cannot be stored
     */
    void row(long[] position, float[][] logits) throws IOException;
}
