package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.tiling.HalvingPredictor;
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
    private final HalvingPredictor halving;

    LadderPredictor(NetworkHolder network, Consumer<String> notes) {
        this.network = network;
        this.notes = notes;
        this.halving = new HalvingPredictor(this::orOnCpu, EngineOutOfMemoryException.class::isInstance, notes);
    }

    /** The largest batch that may still fit. */
    int largest() {
        return halving.largest();
    }

    @Override
    public FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        return halving.predict(tiles, shape);
    }

    private FloatBuffer orOnCpu(FloatBuffer tiles, int[] shape) throws IOException {
        try {
            return network.predict(new Batch(tiles, shape)).values();
        } catch (EngineOutOfMemoryException e) {
            if (shape[0] > 1) {
                throw e;
            }
            fallBackToCpu(shape, e);
            return orOnCpu(tiles, shape);
        }
    }

    private void fallBackToCpu(int[] shape, EngineOutOfMemoryException cause) throws IOException {
        if (!network.fallBackToCpu()) {
            throw new OutOfMemoryException(
                    "A single tile of " + shape[shape.length - 1] + " x " + shape[shape.length - 2]
                            + " pixels does not fit into memory on "
                            + network.get().info().device() + " (" + cause.getMessage()
                            + "). Close other programs, or choose a smaller tile_size or model.",
                    cause);
        }
        halving.reset();
        notes.accept("A single tile does not fit into the GPU's memory: going on with the CPU.");
    }
}
