package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches that do not fit are halved, and the logits are those of one batch. */
class HalvingPredictorTest {
    private static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<Integer> batches = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Two values of each tile become three: the first, the second and their sum. */
    private HalvingPredictor predictor(int fits) {
        return new HalvingPredictor(
                (tiles, shape) -> {
                    if (shape[0] > fits) {
                        throw new Full();
                    }
                    batches.add(shape[0]);
                    assertEquals(2 * shape[0], tiles.remaining());
                    FloatBuffer logits = FloatBuffer.allocate(1 + 3 * shape[0]);
                    logits.position(1);
                    for (int i = 0; i < shape[0]; i++) {
                        float a = tiles.get(tiles.position() + 2 * i);
                        float b = tiles.get(tiles.position() + 2 * i + 1);
                        logits.put(a).put(b).put(a + b);
                    }
                    shape[0] = 99; // the predictor may keep its array
                    return logits.position(1);
                },
                e -> e instanceof Full,
                notes::add);
    }

    private static void check(HalvingPredictor predictor, int tiles) throws IOException {
        FloatBuffer pixels = FloatBuffer.allocate(5 + 2 * tiles);
        for (int i = 0; i < 5 + 2 * tiles; i++) {
            pixels.put(i, i * i);
        }
        int[] shape = {tiles, 1, 1, 2};
        FloatBuffer logits = predictor.predict(pixels.position(5), shape);
        assertEquals(tiles, shape[0]);
        assertEquals(3 * tiles, logits.remaining());
        for (int i = 0; i < tiles; i++) {
            float a = (5 + 2 * i) * (5 + 2 * i);
            float b = (6 + 2 * i) * (6 + 2 * i);
            assertEquals(a, logits.get());
            assertEquals(b, logits.get());
            assertEquals(a + b, logits.get());
        }
    }

    @Test
    void everyBatchOnEveryMemory() throws IOException {
        for (int fits = 1; fits <= 9; fits++) {
            for (int tiles = 1; tiles <= 20; tiles++) {
                check(predictor(fits), tiles);
            }
        }
    }

    @Test
    void smallerBatchesStayUntilTheReset() throws IOException {
        HalvingPredictor predictor = predictor(3);
        assertEquals(Integer.MAX_VALUE, predictor.largest());
        check(predictor, 9);
        assertEquals(List.of(3, 2, 3, 1), batches);
        assertEquals(3, predictor.largest());
        assertEquals(
                List.of(
                        "A batch of 9 does not fit into memory: going on with 5.",
                        "A batch of 5 does not fit into memory: going on with 3."),
                notes);
        batches.clear();
        check(predictor, 7);
        check(predictor, 3);
        assertEquals(List.of(3, 3, 1, 3), batches);
        assertEquals(2, notes.size());
        predictor.reset();
        assertEquals(Integer.MAX_VALUE, predictor.largest());
        check(predictor, 4);
        assertEquals(3, notes.size());
        assertEquals(2, predictor.largest());
    }

    @Test
    void aSingleTileAndOtherFailuresComeThrough() {
        assertThrows(Full.class, () -> check(predictor(0), 4));
        assertEquals(2, notes.size(), "4, 2, and 1 is the end");
        IllegalStateException other = new IllegalStateException("closed");
        HalvingPredictor closed = new HalvingPredictor(
                (tiles, shape) -> {
                    throw other;
                },
                e -> e instanceof Full,
                notes::add);
        assertSame(other, assertThrows(IllegalStateException.class, () -> check(closed, 4)));
        assertEquals(2, notes.size());
        assertEquals(Integer.MAX_VALUE, closed.largest());
    }
}
