package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** How images are taken apart, and the small conversions around it. */
class PartsTest {
    @Test
    void planesComeInTheOrderOfTheFurtherAxes() {
        // the value says the place: x + 10 y + 100 z + 1000 t + 10,000 c
        ArrayImg<FloatType, FloatArray> image =
                Places.of(at -> at[0] + 10 * at[1] + 100 * at[2] + 1000 * at[3] + 10_000 * at[4], 3, 2, 4, 5, 2);
        Parts parts = new Parts(new long[] {3, 2, 4, 5}, 2);
        assertEquals(20, parts.count());
        assertArrayEquals(new long[] {3, 2}, parts.size());
        int index = 0;
        for (int t = 0; t < 5; t++) {
            for (int z = 0; z < 4; z++) {
                RandomAccessibleInterval<FloatType> part = parts.part(image, index++);
                assertArrayEquals(new long[] {3, 2, 2}, part.dimensionsAsLongArray());
                assertEquals(100 * z + 1000 * t + 10_012, part.getAt(2, 1, 1).get());
            }
        }
        Parts volumes = new Parts(new long[] {3, 2, 4, 5}, 3);
        assertEquals(5, volumes.count());
        assertEquals(13_312, volumes.part(image, 3).getAt(2, 1, 3, 1).get());
        assertEquals(1, new Parts(new long[] {3, 2}, 2).count());
    }

    @Test
    void tensorsHaveTheOppositeOrder() {
        assertArrayEquals(new int[] {7, 2, 5, 4, 3}, AxisOrder.batch(7, 2, 3, 4, 5));
        assertArrayEquals(new int[] {3, 2, 1}, AxisOrder.reversed(1, 2, 3));
        assertArrayEquals(new double[] {0.5, 2, 4}, AxisOrder.reversed(List.of(4.0, 2.0, 0.5)));
        assertArrayEquals(new long[] {1, 2}, AxisOrder.longs(1, 2));
    }

    @Test
    void aLatticeOfTilesIsThatOfItsPlan() {
        TileGrid grid = new TileGrid(new int[] {32, 16}, 0.25);
        assertArrayEquals(new int[] {32, 16, 1}, grid.plan(100, 50, 7).tileSize());
        assertEquals(7 * grid.plan(100, 50).count(), grid.plan(100, 50, 7).count());
        // 32, then steps of 24 until 100 are covered; 16, then steps of 12 until 50 are
        assertEquals(4 * 4, grid.plan(100, 50).count());
    }

    @Test
    void bothAreasMustTouch() {
        AreaOfInterest left = (x0, y0, x1, y1) -> x0 < 0.5;
        AreaOfInterest top = (x0, y0, x1, y1) -> y0 < 0.5;
        AreaOfInterest both = left.and(top);
        assertTrue(both.touches(0, 0, 1, 1));
        assertFalse(both.touches(0.6, 0, 1, 1));
        assertFalse(both.touches(0, 0.6, 1, 1));
        assertFalse(both.touches(0.6, 0.6, 1, 1));
        assertTrue(AreaOfInterest.ALL.and(top).touches(0.9, 0, 1, 1));
    }
}
