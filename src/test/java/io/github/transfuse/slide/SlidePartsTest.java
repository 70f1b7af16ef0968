package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.tiling.TilePlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large regions are cut without a gap, and the tiles of all parts lie on one lattice. */
class SlidePartsTest {

    @ParameterizedTest
    @CsvSource({"20000, 20000, 0.5", "12289, 999, 0.5", "30001, 17000, 0.3", "8192, 8192, 0", "1, 100000, 0.99"})
    void coresCoverTheRegionOnce(long width, long height, double overlap) {
        SlideParts parts = new SlideParts(width, height, new TileGrid(new int[] {256, 128}, overlap), SlideParts.SIDE);
        long pixels = 0;
        for (SlideParts.Area core : parts.cores()) {
            pixels += core.x().length() * core.y().length();
            assertTrue(core.x().min() >= 0 && core.x().max() <= width, core::toString);
            assertTrue(core.y().min() >= 0 && core.y().max() <= height, core::toString);
            assertTrue(core.x().length() <= 1.6 * SlideParts.SIDE, core::toString);
        }
        assertEquals(width * height, pixels);
        assertEquals(
                parts.cores().size(),
                parts.cores().stream()
                        .map(core -> core.x().min() + " " + core.y().min())
                        .distinct()
                        .count());
        assertEquals(parts.cores().size() > 1, parts.areSeveral());
    }

    @ParameterizedTest
    @CsvSource({"20000, 20000, 0.5", "30001, 17000, 0.3", "19000, 70000, 0.25"})
    void allTilesOfACoreLieOnOneLattice(long width, long height, double overlap) {
        int[] tile = {256, 128};
        SlideParts parts = new SlideParts(width, height, new TileGrid(tile, overlap), SlideParts.SIDE);
        for (SlideParts.Area core : parts.cores()) {
            SlideParts.Area seen = parts.seen(core, parts.halo());
            List<SlideParts.Span> spans = List.of(seen.x(), seen.y());
            List<SlideParts.Span> cores = List.of(core.x(), core.y());
            long[] size = {width, height};
            TilePlan plan = TilePlan.of(new long[] {seen.x().length(), seen.y().length()}, tile, overlap);
            for (int d = 0; d < 2; d++) {
                SlideParts.Span span = spans.get(d);
                long stride = TilePlan.stride(tile[d], overlap);
                for (long i = 0; i < plan.count(d); i++) {
                    assertEquals(0, (span.min() + plan.start(d, i)) % stride, core::toString);
                }
                assertTrue(span.min() <= Math.max(0, cores.get(d).min() - tile[d]), core::toString);
                assertTrue(span.max() >= Math.min(size[d], cores.get(d).max() + tile[d]), core::toString);
                assertTrue(span.max() < size[d] + stride + tile[d], core::toString);
            }
        }
    }

    @Test
    void onlyInstancesAreLookedForInParts() {
        assertFalse(SlideParts.of(FakeModels.dark(1), 100_000, 100_000, 8192).areSeveral());
        assertTrue(SlideParts.of(FakeModels.darkInstances(1), 100_000, 100_000, 8192)
                .areSeveral());
        assertFalse(
                SlideParts.of(FakeModels.darkInstances(1), 12_000, 12_000, 8192).areSeveral());
    }
}
