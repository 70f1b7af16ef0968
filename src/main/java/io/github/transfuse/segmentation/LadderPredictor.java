package io.github.transfuse.segmentation;

import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/** The network of a {@link NetworkHolder} for one image, which is told how the network climbed down meanwhile. */
public final class LadderPredictor implements TilePredictor {
    private final NetworkHolder network;
    private final Consumer<String> notes;
    private int told;

    public LadderPredictor(NetworkHolder network, Consumer<String> notes) {
        this.network = network;
        this.notes = notes;
        this.told = network.steps().size();
    }

    @Override
    public FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        FloatBuffer logits = network.predict(tiles, shape);
        List<String> steps = network.steps();
        steps.subList(told, steps.size()).forEach(notes);
        told = steps.size();
        return logits;
    }
}
