package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.inference.TileWindow;
import io.github.transfuse.tiling.TilePlan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large regions are cut without a gap, and the tiles of all parts lie on one lattice. */
class SlidePartsTest {
    private static SlideParts parts(long width, long height, TileGrid grid) {
        SlideParts.Area all = new SlideParts.Area(new SlideParts.Span(0, width), new SlideParts.Span(0, height));
        return new SlideParts(width, height, all, grid, SlideParts.SIDE);
    }

    @ParameterizedTest
    @CsvSource({"20000, 20000", "12289, 999", "30001, 17000", "8192, 8192", "1, 100000"})
    void coresCoverWhatIsAskedForOnce(long width, long height) {
        SlideParts.Area asked =
                new SlideParts.Area(new SlideParts.Span(100, 100 + width), new SlideParts.Span(7, 7 + height));
        List<SlideParts.Area> cores = new SlideParts(
                        width + 300, height + 300, asked, new TileGrid(new int[] {256, 128}, 0.5), SlideParts.SIDE)
                .cores();
        long pixels = 0;
        for (SlideParts.Area core : cores) {
            pixels += core.x().length() * core.y().length();
            assertTrue(core.x().min() >= 100 && core.x().max() <= 100 + width, core::toString);
            assertTrue(core.y().min() >= 7 && core.y().max() <= 7 + height, core::toString);
            assertTrue(core.x().length() <= 1.6 * SlideParts.SIDE, core::toString);
        }
        assertEquals(width * height, pixels);
        assertEquals(
                cores.size(),
                cores.stream()
                        .map(core -> core.x().min() + " " + core.y().min())
                        .distinct()
                        .count());
    }

    /** Where a tile of a part lies, a tile of the whole plane lies; and all of those that lie over what is known are there. */
    @ParameterizedTest
    @CsvSource({"20000, 20000, 0.5", "30001, 17000, 0.3", "19000, 70000, 0.25", "200, 9000, 0.5", "300, 100, 0"})
    void allTilesOverACoreLieWhereThoseOfThePlaneDo(long width, long height, double overlap) {
        int[] tile = {256, 128};
        SlideParts parts = parts(width, height, new TileGrid(tile, overlap));
        TilePlan plane = TilePlan.of(new long[] {width, height}, tile, overlap);
        for (SlideParts.Area core : parts.cores()) {
            SlideParts.Area known = parts.around(core, parts.halo());
            TileWindow window = parts.window(known);
            List<SlideParts.Span> spans = List.of(known.x(), known.y());
            for (int d = 0; d < 2; d++) {
                SlideParts.Span span = spans.get(d);
                int axis = d;
                List<Long> over = LongStream.range(0, plane.count(d))
                        .map(i -> plane.start(axis, i))
                        .filter(start -> start < span.max() && start + tile[axis] > span.min())
                        .boxed()
                        .toList();
                assertEquals(over, window.starts(d), core::toString);
            }
        }
    }

    @Test
    void onlyInstancesAreLookedForInParts() {
        assertEquals(1, count(FakeModels.dark(1), 100_000));
        assertEquals(144, count(FakeModels.darkInstances(1), 100_000));
        assertEquals(1, count(FakeModels.darkInstances(1), 12_000));
    }

    private static int count(TransFuse model, int side) {
        PyramidServer server = new PyramidServer(side);
        SlideRegion all = SlideRegion.all(server.info(), RegionReader.Plane.FIRST);
        RegionImage image = new RegionImage(server, server.info(), all, 1, false);
        SlideParts.Area area = TracedShapes.of(all, side, side).pixels(all, image);
        return SlideParts.of(model, image, area, SlideParts.SIDE).cores().size();
    }
}
