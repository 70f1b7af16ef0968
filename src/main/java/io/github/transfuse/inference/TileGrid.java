package io.github.transfuse.inference;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.tiling.TilePlan;
import java.util.Arrays;

/**
 * How the tiles of a model lie; a {@link TileWindow} is for those who cut an image into parts.
 *
 * @param size of a tile in pixels at the model's pixel size; x, y(, z)
 * @param overlap part of a tile that neighbours share, in [0, 1)
 */
public record TileGrid(int[] size, double overlap) {

    /** As a model wants it. */
    public static TileGrid of(InputSpec input) {
        return new TileGrid(inputSize(input), input.overlap());
    }

    /** The size of a model's input in the order x, y(, z). */
    static int[] inputSize(InputSpec input) {
        return AxisOrder.reversed(
                input.size().stream().mapToInt(Integer::intValue).toArray());
    }

    /** The tiles of an image; those of a pile of planes lie in one plane each. */
    TilePlan plan(long... image) {
        int[] tile = Arrays.copyOf(size, image.length);
        Arrays.fill(tile, size.length, tile.length, 1);
        return TilePlan.of(image, tile, overlap);
    }
}
