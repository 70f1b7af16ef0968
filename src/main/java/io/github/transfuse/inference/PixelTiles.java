package io.github.transfuse.inference;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.tiling.Reflection;
import io.github.transfuse.tiling.Tile;
import io.github.transfuse.tiling.TileReader;
import java.nio.FloatBuffer;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** Cuts normalised tiles out of an image whose last axis is the channel. */
final class PixelTiles implements TileReader {
    private final RandomAccessibleInterval<? extends RealType<?>> image;
    private final FittedNormalization normalization;
    private final int[] tile;

    /**
     * Tiles of one size.
     *
     * @param image spatial axes from 0, then the channel; starting at 0
     * @param normalization of its values
     * @param tile size of a tile along the spatial axes
     */
    PixelTiles(RandomAccessibleInterval<? extends RealType<?>> image, FittedNormalization normalization, int... tile) {
        this.image = image;
        this.normalization = normalization;
        this.tile = tile.clone();
    }

    @Override
    public void read(Tile at, FloatBuffer target) {
        read(at.origin(), target);
    }

    /** Writes the tile that begins at a coordinate, which may lie outside the image. */
    void read(long[] origin, FloatBuffer target) {
        RandomAccess<? extends RealType<?>> access = image.randomAccess();
        float[] row = new float[tile[0]];
        int rows = 1;
        for (int d = 1; d < tile.length; d++) {
            rows *= tile[d];
        }
        for (int channel = 0; channel < image.dimension(tile.length); channel++) {
            access.setPosition(channel, tile.length);
            for (int r = 0; r < rows; r++) {
                int rest = r;
                for (int d = 1; d < tile.length; d++) {
                    access.setPosition(Reflection.index(origin[d] + rest % tile[d], image.dimension(d)), d);
                    rest /= tile[d];
                }
                readRow(access, origin[0], row);
                normalization.apply(channel, row);
                target.put(row);
            }
        }
    }

    private void readRow(RandomAccess<? extends RealType<?>> access, long start, float[] row) {
        long width = image.dimension(0);
        boolean inside = start >= 0 && start + row.length <= width;
        access.setPosition(Reflection.index(start, width), 0);
        for (int x = 0; x < row.length; x++) {
            if (!inside) {
                access.setPosition(Reflection.index(start + x, width), 0);
            }
            row[x] = access.get().getRealFloat();
            if (inside) {
                access.fwd(0);
            }
        }
    }
}
