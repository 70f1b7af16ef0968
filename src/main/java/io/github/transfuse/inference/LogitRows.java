package io.github.transfuse.inference;

import io.github.transfuse.image.ResultStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.real.FloatType;

/** Rows of logits, {@code [class][x]}: as arrays while there is room on the heap, else in a mapped file. */
final class LogitRows {
    private final float[][][] onHeap;
    private final Optional<RandomAccess<FloatType>> mapped;
    /** The row that was asked for last, where it is not on the heap. */
    private final float[][] row;

    /**
     * Room for rows.
     *
     * @throws IOException if they fit neither into memory nor into a temporary file
     */
    LogitRows(ResultStore store, int rows, int classes, int width) throws IOException {
        boolean small = store.onHeap(new long[] {width, rows, classes}, Float.BYTES);
        onHeap = new float[small ? rows : 0][][];
        mapped = small
                ? Optional.empty()
                : Optional.of(store.floats(width, rows, classes).randomAccess());
        row = new float[classes][small ? 0 : width];
    }

    /** Copies a row. */
    void put(int index, float[][] logits) {
        if (mapped.isEmpty()) {
            onHeap[index] = Arrays.stream(logits).map(float[]::clone).toArray(float[][]::new);
            return;
        }
        RandomAccess<FloatType> access = mapped.get();
        for (int k = 0; k < logits.length; k++) {
            access.setPosition(new long[] {0, index, k});
            for (float value : logits[k]) {
                access.get().set(value);
                access.fwd(0);
            }
        }
    }

    /** A row; valid until the next is asked for. */
    float[][] get(int index) {
        if (mapped.isEmpty()) {
            return onHeap[index];
        }
        RandomAccess<FloatType> access = mapped.get();
        for (int k = 0; k < row.length; k++) {
            access.setPosition(new long[] {0, index, k});
            for (int x = 0; x < row[k].length; x++) {
                row[k][x] = access.get().get();
                access.fwd(0);
            }
        }
        return row;
    }
}
