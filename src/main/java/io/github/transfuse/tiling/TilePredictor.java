package io.github.transfuse.tiling;

import java.io.IOException;
import java.nio.FloatBuffer;

/** The network, seen from the tiles. Called from one thread: that of the caller of {@link SlidingWindow#run}. */
@FunctionalInterface
public interface TilePredictor {
    /**
     * Computes the logits of a batch of tiles.
     *
     * @param batch direct, native byte order, position 0, limit = product of shape; valid during the call only
     * @param shape N,C,[D,]H,W; the last batch may have a smaller N
     * @return logits N,K,[D,]H,W from position to limit, same spatial size, the same K each time; copied before the
     *     next call, so the buffer may be used again
     * @throws IOException if the network cannot be run
     */
    FloatBuffer predict(FloatBuffer batch, int[] shape) throws IOException;
}
