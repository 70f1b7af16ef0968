package io.github.transfuse.tiling;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs a network on batches of tiles, and when one does not fit into memory goes on with half of it, and so on to single
 * tiles. Once memory ran out, the smaller batches stay. Smaller batches give the same logits. For one thread at a time.
 */
public final class HalvingPredictor implements TilePredictor {
    private final TilePredictor predictor;
    private final Predicate<RuntimeException> outOfMemory;
    private final Consumer<String> notes;
    private volatile int largest = Integer.MAX_VALUE;

    /**
     * A predictor in front of another one.
     *
     * @param predictor predicts a batch, or throws what {@code outOfMemory} knows
     * @param outOfMemory whether a failure is one of memory; all others, and that of a single tile, come through
     * @param notes told each step, in a sentence for people
     */
    public HalvingPredictor(TilePredictor predictor, Predicate<RuntimeException> outOfMemory, Consumer<String> notes) {
        this.predictor = predictor;
        this.outOfMemory = outOfMemory;
        this.notes = notes;
    }

    /** The largest batch that may still fit. */
    public int largest() {
        return largest;
    }

    /** Forgets that memory ran out, as when the network has moved to another device. */
    public void reset() {
        largest = Integer.MAX_VALUE;
    }

    @Override
    public FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        if (shape[0] <= largest) {
            try {
                return predictor.predict(tiles, shape.clone());
            } catch (RuntimeException e) {
                if (shape[0] == 1 || !outOfMemory.test(e)) {
                    throw e;
                }
                largest = (shape[0] + 1) / 2;
                notes.accept("A batch of " + shape[0] + " does not fit into memory: going on with " + largest + ".");
            }
        }
        return inParts(tiles, shape);
    }

    private FloatBuffer inParts(FloatBuffer tiles, int[] shape) throws IOException {
        int perTile = tiles.remaining() / shape[0];
        FloatBuffer all = FloatBuffer.allocate(0);
        for (int done = 0; done < shape[0]; ) {
            int count = Math.min(largest, shape[0] - done);
            int[] part = shape.clone();
            part[0] = count;
            FloatBuffer logits = predict(tiles.slice(tiles.position() + done * perTile, count * perTile), part);
            if (done == 0) {
                all = FloatBuffer.allocate(Math.multiplyExact(shape[0], logits.remaining() / count));
            }
            all.put(logits.duplicate());
            done += count;
        }
        return all.flip();
    }
}
