package io.github.transfuse.tiling;

import java.util.Arrays;

/**
 * Which tiles cover an image: a grid of equal tiles, evenly spaced, the first and last flush with the border.
 *
 * <p>Neighbouring tiles share at least the asked part of their length. Along an axis where the image is smaller than the
 * tile there is one tile, centred, whose outside is filled by {@linkplain Reflection reflection}. Tiles are numbered
 * with axis 0 fastest, so that the work moves along the last axis and what lies behind can be finished early. Immutable.
 */
public final class TilePlan {
    /** Absorbs the rounding of {@code 1 - overlap}: 100 * (1 - 0.9) is meant to be 10, not 9. */
    private static final double ROUNDING = 1e-6;

    private final long[] size;
    private final int[] tile;
    private final long[] counts;
    private final long count;
    /** Where the tiles of an axis begin; those of a part as in the whole. */
    private final Axis[] axes;

    private TilePlan(long[] size, int[] tile, long[] counts, Axis[] axes) {
        this.size = size;
        this.tile = tile;
        this.counts = counts;
        this.axes = axes;
        this.count = Arrays.stream(counts).reduce(1, Math::multiplyExact);
    }

    /**
     * The tiles of one axis.
     *
     * @param span from the first tile of the whole image to its last; 0 or less: the image is not larger than a tile
     * @param gaps between the tiles of the whole image
     * @param first tile of the whole image that belongs to this plan
     */
    private record Axis(long span, long gaps, long first) {
        long start(long step) {
            return whole(first + step) - Math.max(0, whole(first));
        }

        private long whole(long step) {
            if (span <= 0) {
                return span / 2; // rounds towards 0: the odd pixel of padding comes last
            }
            // step * span / gaps, written so that the product cannot overflow
            return span / gaps * step + span % gaps * step / gaps;
        }
    }

    /**
     * Plans the tiles of an image.
     *
     * @param size image size in pixels, two or more axes, each at least 1
     * @param tile tile size in pixels, as many axes, each at least 1
     * @param overlap part of the tile that neighbours share at least, 0 &lt;= overlap &lt; 1
     * @return the plan
     * @throws IllegalArgumentException if a value is out of its range
     */
    public static TilePlan of(long[] size, int[] tile, double overlap) {
        check(size, tile, overlap);
        long[] counts = new long[size.length];
        Axis[] axes = new Axis[size.length];
        for (int d = 0; d < size.length; d++) {
            long stride = stride(tile[d], overlap);
            long span = size[d] - tile[d];
            counts[d] = 1 + (Math.max(0, span) + stride - 1) / stride;
            axes[d] = new Axis(span, counts[d] - 1, 0);
        }
        return new TilePlan(size.clone(), tile.clone(), counts, axes);
    }

    /**
     * Some of the tiles, for the part of the image that they cover: they lie on it as on the whole image.
     *
     * @param first tile along each axis
     * @param counts number of tiles along each axis, at least 1
     * @return the plan of that part, which begins where its first tile does
     * @throws IndexOutOfBoundsException if there are not so many tiles
     */
    public TilePlan part(long[] first, long[] counts) {
        long[] partSize = new long[size.length];
        Axis[] partAxes = new Axis[size.length];
        for (int d = 0; d < size.length; d++) {
            if (first[d] < 0 || counts[d] < 1 || first[d] + counts[d] > this.counts[d]) {
                throw new IndexOutOfBoundsException(
                        counts[d] + " tiles from tile " + first[d] + " along axis " + d + " of " + this);
            }
            partAxes[d] = new Axis(axes[d].span, axes[d].gaps, axes[d].first + first[d]);
            partSize[d] = Math.min(size[d], partAxes[d].start(counts[d] - 1) + tile[d]);
        }
        return new TilePlan(partSize, tile, counts.clone(), partAxes);
    }

    /**
     * How far apart tiles are at most: exactly so where an image is a tile and a number of strides long.
     *
     * @param tile side of a tile in pixels, at least 1
     * @param overlap part of it that neighbours share at least, 0 &lt;= overlap &lt; 1
     * @return pixels, at least 1
     */
    public static long stride(int tile, double overlap) {
        return Math.max(1, (long) Math.floor(tile * (1 - overlap) + ROUNDING));
    }

    private static void check(long[] size, int[] tile, double overlap) {
        if (size.length < 2 || size.length != tile.length) {
            throw new IllegalArgumentException("image size " + Arrays.toString(size) + " and tile_size "
                    + Arrays.toString(tile) + " must have the same number of axes, two or more");
        }
        if (Arrays.stream(size).anyMatch(s -> s < 1)) {
            throw new IllegalArgumentException("image size " + Arrays.toString(size) + " has an empty axis");
        }
        if (Arrays.stream(tile).anyMatch(t -> t < 1)) {
            throw new IllegalArgumentException("tile_size " + Arrays.toString(tile) + " must be at least 1 pixel");
        }
        if (!(overlap >= 0 && overlap < 1)) {
            throw new IllegalArgumentException("overlap " + overlap + " must be at least 0 and less than 1");
        }
    }

    /**
     * The number of axes.
     *
     * @return 2 or more
     */
    public int numDimensions() {
        return size.length;
    }

    /**
     * The size of the image.
     *
     * @param axis 0 is x
     * @return pixels along the axis
     */
    public long size(int axis) {
        return size[axis];
    }

    /**
     * The size of a tile.
     *
     * @param axis 0 is x
     * @return pixels along the axis
     */
    public int tileSize(int axis) {
        return tile[axis];
    }

    /**
     * The size of a tile along all axes.
     *
     * @return a copy, axis 0 is x
     */
    public int[] tileSize() {
        return tile.clone();
    }

    /**
     * The number of pixels of one tile.
     *
     * @return the product of the tile's sides
     * @throws ArithmeticException if there are more than 2^31 - 1
     */
    public int tilePixels() {
        int pixels = 1;
        for (int t : tile) {
            pixels = Math.multiplyExact(pixels, t);
        }
        return pixels;
    }

    /**
     * The number of tiles.
     *
     * @return at least 1
     */
    public long count() {
        return count;
    }

    /**
     * The number of tiles along an axis.
     *
     * @param axis 0 is x
     * @return at least 1
     */
    public long count(int axis) {
        return counts[axis];
    }

    /**
     * Where the tiles of one column, row, ... of the grid begin.
     *
     * @param axis 0 is x
     * @param step 0 to {@code count(axis) - 1}
     * @return the image coordinate of their first pixel; negative where the image is smaller than the tile
     */
    public long start(int axis, long step) {
        return axes[axis].start(step);
    }

    /**
     * One tile.
     *
     * @param index 0 to {@code count() - 1}
     * @return its place
     * @throws IndexOutOfBoundsException if there is no such tile
     */
    public Tile tile(long index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("tile " + index + " of " + count);
        }
        long[] step = new long[size.length];
        long[] origin = new long[size.length];
        long rest = index;
        for (int d = 0; d < size.length; d++) {
            step[d] = rest % counts[d];
            rest /= counts[d];
            origin[d] = start(d, step[d]);
        }
        return new Tile(index, step, origin);
    }

    @Override
    public String toString() {
        return count + " tiles of " + Arrays.toString(tile) + " over " + Arrays.toString(size);
    }
}
