package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * Runs the network on batches of tiles, and when one does not fit into memory climbs down a ladder: half the batch, and
 * so on to single tiles, then the CPU. Each step is told. Smaller batches give the same logits.
 */
final class LadderPredictor implements TilePredictor {
    private final NetworkHolder network;
    private final Consumer<String> notes;
    private int largest = Integer.MAX_VALUE;

    LadderPredictor(NetworkHolder network, Consumer<String> notes) {
        this.network = network;
        this.notes = notes;
    }

    /** The largest batch that may still fit. */
    int largest() {
        return largest;
    }

    @Override
    public FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        if (shape[0] <= largest) {
            try {
                return network.predict(new Batch(tiles, shape.clone())).values();
            } catch (EngineOutOfMemoryException e) {
                climbDown(shape, e);
            }
        }
        return inParts(tiles, shape);
    }

    private void climbDown(int[] shape, EngineOutOfMemoryException cause) throws IOException {
        if (shape[0] > 1) {
            largest = (shape[0] + 1) / 2;
            notes.accept("A batch of " + shape[0] + " does not fit into memory: going on with " + largest + ".");
        } else if (network.fallBackToCpu()) {
            largest = Integer.MAX_VALUE;
            notes.accept("A single tile does not fit into the GPU's memory: going on with the CPU.");
        } else {
            throw new OutOfMemoryException(
                    "A single tile of " + shape[shape.length - 1] + " x " + shape[shape.length - 2]
                            + " pixels does not fit into memory on "
                            + network.get().info().device() + " (" + cause.getMessage()
                            + "). Close other programs, or choose a smaller tile_size or model.",
                    cause);
        }
    }

    private FloatBuffer inParts(FloatBuffer tiles, int[] shape) throws IOException {
        if (shape[0] <= largest) {
            return predict(tiles, shape);
        }
        int perTile = tiles.remaining() / shape[0];
        FloatBuffer all = FloatBuffer.allocate(0);
        for (int done = 0; done < shape[0]; ) {
            int count = Math.min(largest, shape[0] - done);
            int[] part = shape.clone();
            part[0] = count;
            FloatBuffer logits = predict(tiles.slice(tiles.position() + done * perTile, count * perTile), part);
            if (done == 0) {
                int logitsPerTile = logits.remaining() / count;
                all = Batch.allocate(shape[0], logitsPerTile).values();
            }
            all.put(logits.duplicate());
            done += count;
        }
        return all.flip();
    }
}
