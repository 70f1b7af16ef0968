package io.github.transfuse.tiling;

import java.io.IOException;
import java.nio.FloatBuffer;

/** Gives the pixels of tiles, ready for the network. Called from several threads at once. */
@FunctionalInterface
public interface TileReader {
    /**
     * Writes one tile.
     *
     * @param tile where; coordinates outside the image are filled by {@link Reflection}
     * @param target exactly the floats of this tile, layout C,[D,]H,W, position 0; all of them must be written
     * @throws IOException if the pixels cannot be read
     */
    void read(Tile tile, FloatBuffer target) throws IOException;
}
