package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilePlanTest {
    @Test
    void coversAndOverlapsForAllSmallSizes() {
        for (long size = 1; size <= 40; size++) {
            for (int tile = 1; tile <= 12; tile++) {
                for (double overlap : new double[] {0, 0.1, 0.25, 0.5, 0.77, 0.99}) {
                    checkAxis(TilePlan.of(new long[] {size, 1}, new int[] {tile, 1}, overlap), overlap);
                }
            }
        }
    }

    private static void checkAxis(TilePlan plan, double overlap) {
        int tile = plan.tileSize(0);
        long size = plan.size(0);
        long count = plan.count(0);
        if (size <= tile) {
            assertEquals(1, count, plan::toString);
            assertTrue(plan.start(0, 0) <= 0 && plan.start(0, 0) + tile >= size, plan::toString);
            return;
        }
        assertEquals(0, plan.start(0, 0));
        assertEquals(size - tile, plan.start(0, count - 1), plan::toString);
        for (long step = 1; step < count; step++) {
            long gap = plan.start(0, step) - plan.start(0, step - 1);
            long widest = Math.max(1, Math.round(Math.floor(tile * (1 - overlap) + 1e-6)));
            assertTrue(gap >= 1 && gap <= widest, () -> plan + ": gap " + gap);
        }
    }

    @ParameterizedTest
    @CsvSource({"4000, 256, 0.5, 31", "256, 256, 0.5, 1", "257, 256, 0.5, 2", "100, 10, 0.9, 91", "20000, 256, 0, 79"})
    void usesTheFewestTiles(long size, int tile, double overlap, long expected) {
        assertEquals(
                expected,
                TilePlan.of(new long[] {size, size}, new int[] {tile, tile}, overlap)
                        .count(1));
    }

    @Test
    void countsBeyondTheRangeOfInt() {
        long size = 1L << 40;
        TilePlan plan = TilePlan.of(new long[] {size, 300}, new int[] {256, 256}, 0.5);
        assertEquals(2 * ((size - 256) / 128 + 1), plan.count());
        Tile last = plan.tile(plan.count() - 1);
        assertArrayEquals(new long[] {size - 256, 44}, last.origin());
    }

    @Test
    void numbersTilesAlongTheFirstAxisFirst() {
        TilePlan plan = TilePlan.of(new long[] {30, 20, 10}, new int[] {10, 10, 10}, 0);
        assertEquals(6, plan.count());
        assertArrayEquals(new long[] {10, 0, 0}, plan.tile(1).origin());
        assertArrayEquals(new long[] {0, 10, 0}, plan.tile(3).origin());
        assertArrayEquals(new long[] {20, 10, 0}, plan.tile(5).origin());
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertRefused("overlap", new long[] {9, 9}, new int[] {4, 4}, 1);
        assertRefused("overlap", new long[] {9, 9}, new int[] {4, 4}, Double.NaN);
        assertRefused("tile_size", new long[] {9, 9}, new int[] {4, 0}, 0.5);
        assertRefused("empty", new long[] {9, 0}, new int[] {4, 4}, 0.5);
        assertRefused("axes", new long[] {9, 9, 9}, new int[] {4, 4}, 0.5);
    }

    private static void assertRefused(String word, long[] size, int[] tile, double overlap) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> TilePlan.of(size, tile, overlap));
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }

    @Test
    void reflectsAtTheCentreOfTheBorderPixel() {
        long[] expected = {0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Reflection.index(i - 4, 3), "coordinate " + (i - 4));
            assertEquals(0, Reflection.index(i - 4, 1));
        }
    }

    @Test
    void aSmallImageLiesInTheMiddleOfItsTile() {
        for (int tile = 1; tile <= 12; tile++) {
            for (int size = 1; size <= tile; size++) {
                TilePlan plan = TilePlan.of(new long[] {size, 1}, new int[] {tile, 1}, 0.5);
                long before = -plan.start(0, 0);
                long after = tile - size - before;
                assertTrue(after == before || after == before + 1, () -> plan + ": " + before + ", " + after);
            }
        }
    }

    /** 100 * (1 - 0.9) is 9.999999999999998 in doubles. */
    @Test
    void aStrideIsWhatTheOverlapLeavesInDecimalNumbers() {
        for (int tile = 1; tile <= 1024; tile++) {
            for (int hundredths = 0; hundredths < 100; hundredths++) {
                long expected = Math.max(1, tile * (100L - hundredths) / 100);
                assertEquals(expected, TilePlan.stride(tile, hundredths / 100.0), tile + " and " + hundredths);
            }
        }
    }
}
