package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.tiling.TilePlan;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Tiles hold the normalised pixels of their places; outside the image they hold what a ball meets that bounces. */
class PixelTilesTest {
    private static final int CHANNELS = 2;
    private static final FittedNormalization NUMBERS =
            new FittedNormalization(List.of(2.0, 1.0), List.of(0.5, -1.0), List.of(4.0, 0.25));

    @Test
    void planes() {
        for (long[] size : new long[][] {{9, 7}, {3, 2}, {1, 5}, {2, 1}}) {
            for (long x = -9; x <= 10; x++) {
                check(size, new int[] {4, 3}, x, x / 2 - 1);
            }
            check(size, new int[] {(int) size[0], (int) size[1]}, 0, 0);
        }
    }

    @Test
    void volumes() {
        for (long x = -4; x <= 4; x++) {
            check(new long[] {5, 4, 3}, new int[] {3, 2, 4}, x, -x, x - 1);
        }
    }

    private static void check(long[] size, int[] tile, long... origin) {
        ArrayImg<FloatType, FloatArray> image = Places.random(11, Places.with(size, CHANNELS));
        int pixels = Arrays.stream(tile).reduce(1, (a, b) -> a * b);
        FloatBuffer found = FloatBuffer.allocate(CHANNELS * pixels);
        new PixelTiles(image, NUMBERS, tile).read(origin, found);
        assertEquals(0, found.remaining());
        for (int i = 0; i < CHANNELS * pixels; i++) {
            long[] at = new long[size.length];
            int rest = i % pixels;
            for (int d = 0; d < size.length; d++) {
                at[d] = bounced(origin[d] + rest % tile[d], size[d]);
                rest /= tile[d];
            }
            int channel = i / pixels;
            double value = image.getAt(Places.with(at, channel)).get();
            double expected = channel == 0 ? (value * 2 - 0.5) / 4 : (value + 1) / 0.25;
            assertEquals(
                    expected,
                    found.get(i),
                    1e-5 * (1 + Math.abs(expected)),
                    Arrays.toString(size) + " from " + Arrays.toString(origin) + ", value " + i);
        }
    }

    /** Walks step by step and turns at the borders. */
    private static long bounced(long coordinate, long size) {
        if (size == 1) {
            return 0;
        }
        long at = 0;
        int direction = 1;
        for (long step = 0; step < Math.abs(coordinate); step++) {
            if (at + direction < 0 || at + direction >= size) {
                direction = -direction;
            }
            at += direction;
        }
        return at;
    }

    @Test
    void tilesOfAPlanLieWhereItSays() {
        TilePlan plan = TilePlan.of(new long[] {10, 9}, new int[] {4, 4}, 0.5);
        ArrayImg<FloatType, FloatArray> image = Places.random(2, 10, 9, CHANNELS);
        PixelTiles tiles = new PixelTiles(image, NUMBERS, 4, 4);
        for (long i = 0; i < plan.count(); i++) {
            FloatBuffer byTile = FloatBuffer.allocate(CHANNELS * 16);
            FloatBuffer byPlace = FloatBuffer.allocate(CHANNELS * 16);
            tiles.read(plan.tile(i), byTile);
            tiles.read(new long[] {plan.tile(i).origin(0), plan.tile(i).origin(1)}, byPlace);
            assertEquals(byPlace.flip(), byTile.flip());
        }
    }
}
