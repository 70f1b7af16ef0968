package io.github.transfuse;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.tiling.TilePlan;
import java.util.Arrays;

/**
 * How the tiles of a model lie, for those who cut an image into parts: tiles of two parts that begin a whole number of strides
 * apart, and are a tile and a whole number of strides long, lie on one lattice.
 *
 * @param size of a tile in pixels at the model's pixel size; x, y(, z)
 * @param stride from one tile to the next, likewise
 */
public record TileGrid(int[] size, long[] stride) {

    /** Of a model with its settings. */
    public static TileGrid of(TransFuse model) {
        InputSpec input = model.model().spec().input();
        return of(Inference.tileSize(input, model.settings()), Inference.overlap(input, model.settings()));
    }

    /**
     * Of tiles that overlap.
     *
     * @param size of a tile
     * @param overlap part of a tile that neighbours share, in [0, 1)
     */
    public static TileGrid of(int[] size, double overlap) {
        return new TileGrid(
                size,
                Arrays.stream(size)
                        .mapToLong(side -> TilePlan.stride(side, overlap))
                        .toArray());
    }
}
