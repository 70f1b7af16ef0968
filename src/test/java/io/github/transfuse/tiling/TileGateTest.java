package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tiles that are not wanted are neither read nor predicted, and are background. */
class TileGateTest {
    private final TilePlan plan = TilePlan.of(new long[] {40, 8}, new int[] {8, 8}, 0);
    private final List<Integer> batches = new ArrayList<>();

    private float[] row(int classes, int batchSize) throws IOException {
        TileReader reader = (tile, target) -> {
            while (target.hasRemaining()) {
                target.put((float) tile.index() + 1);
            }
        };
        TilePredictor predictor = (tiles, shape) -> {
            batches.add(shape[0]);
            FloatBuffer logits = FloatBuffer.allocate(shape[0] * classes * 64);
            for (int i = 0; i < logits.capacity(); i++) {
                logits.put(i, tiles.get(tiles.position() + i / (classes * 64) * 64));
            }
            return logits;
        };
        TileGate gate = new TileGate(plan, tile -> tile.index() % 2 == 1, reader, predictor, classes);
        float[] values = new float[40];
        SlidingWindow.over(plan, 1)
                .withBatchSize(batchSize)
                .run(gate, gate, (position, logits) -> System.arraycopy(logits[0], 0, values, 0, 40), Progress.NONE);
        assertEquals(3, gate.skipped());
        return values;
    }

    @Test
    void computesOnlyWantedTiles() throws IOException {
        float[] values = row(1, 3);

        assertEquals(-20, values[0], 1e-5);
        assertEquals(2, values[8], 1e-5);
        assertEquals(-20, values[16], 1e-5);
        assertEquals(4, values[24], 1e-5);
        assertEquals(List.of(1, 1), batches);
    }

    @Test
    void skipsWholeBatches() throws IOException {
        row(1, 1);

        assertEquals(List.of(1, 1), batches);
    }

    @Test
    void backgroundIsTheFirstOfSeveralClasses() throws IOException {
        assertEquals(20, row(3, 2)[0], 1e-5);
    }
}
