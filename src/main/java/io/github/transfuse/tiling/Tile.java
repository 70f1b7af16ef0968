package io.github.transfuse.tiling;

import java.util.Arrays;

/** The place of one tile in its {@link TilePlan}. Immutable. */
public final class Tile {
    private final long index;
    private final long[] step;
    private final long[] origin;

    Tile(long index, long[] step, long[] origin) {
        this.index = index;
        this.step = step;
        this.origin = origin;
    }

    /**
     * The number of this tile in the order of the plan.
     *
     * @return 0 to {@code plan.count() - 1}
     */
    public long index() {
        return index;
    }

    /**
     * The column, row, ... of this tile in the grid of tiles.
     *
     * @param axis 0 is x
     * @return 0 to {@code plan.count(axis) - 1}
     */
    public long step(int axis) {
        return step[axis];
    }

    /**
     * The image coordinate of this tile's first pixel; negative where the image is smaller than the tile.
     *
     * @param axis 0 is x
     * @return the coordinate in pixels
     */
    public long origin(int axis) {
        return origin[axis];
    }

    /**
     * The image coordinates of this tile's first pixel.
     *
     * @return a copy, one coordinate per axis
     */
    public long[] origin() {
        return origin.clone();
    }

    @Override
    public String toString() {
        return "tile " + index + " at " + Arrays.toString(origin);
    }
}
