package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.settings.Keys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Regions of a slide of 100,000 x 100,000 pixels become objects in the slide's coordinates. */
class SlideRunTest {
    private static final double DISC = Math.PI * PyramidServer.RADIUS * PyramidServer.RADIUS;

    private final PyramidServer server = new PyramidServer(100_000);
    /** The slide has 0.5 microns per pixel: every fourth pixel is read. */
    private final TransFuse model = FakeModels.dark(2);

    private SlideRun run(SlideOptions options) {
        return new SlideRun(model, server, server.info(), options);
    }

    private static SlideRegion region(int x, int y, int size) {
        return new SlideRegion(x, y, size, size, RegionReader.Plane.FIRST);
    }

    @Test
    void makesOneShapeOfAClass() throws IOException {
        SlideRun.Outcome outcome =
                run(SlideOptions.DEFAULT).segment(region(7_000, 3_000, 5_000), Optional.empty(), BatchListener.NONE);

        assertEquals(1, outcome.objects().size());
        FoundObject discs = outcome.objects().get(0);
        assertEquals("disc", discs.kind().name());
        assertEquals(25, discs.shape().getNumGeometries());
        assertEquals(25 * DISC, discs.shape().getArea(), 0.02 * 25 * DISC);
        assertEquals(7_500, discs.shape().getGeometryN(0).getCentroid().getX(), 4);
        assertEquals(3_500, discs.shape().getGeometryN(0).getCentroid().getY(), 4);
    }

    @Test
    void makesDetectionsWithMeasurements() throws IOException {
        SlideRun.Outcome outcome = run(SlideOptions.DEFAULT
                        .with(Keys.CREATE, "detections")
                        .with(Keys.MEASUREMENTS, true))
                .segment(region(0, 0, 3_000), Optional.empty(), BatchListener.NONE);

        assertEquals(9, outcome.objects().size());
        FoundObject disc = outcome.objects().get(4);
        assertEquals(DISC / 4, disc.measurements().get("TransFuse: area µm^2"), 0.02 * DISC);
        double probability = disc.measurements().get(ObjectsOfResult.PROBABILITY);
        assertTrue(probability > 0.99 && probability <= 1, () -> "probability " + probability);
    }

    @Test
    void cutsClassesAtTheShapeAndKeepsWholeObjectsWithin() throws IOException {
        Geometry half = new GeometryFactory().toGeometry(new Envelope(0, 1_500, 0, 1_000));
        SlideRegion region = region(0, 0, 2_000);

        FoundObject classes = run(SlideOptions.DEFAULT)
                .segment(region, Optional.of(half), BatchListener.NONE)
                .objects()
                .get(0);
        SlideRun.Outcome objects = run(SlideOptions.DEFAULT.with(Keys.CREATE, "detections"))
                .segment(region, Optional.of(half), BatchListener.NONE);

        assertEquals(1.5 * DISC, classes.shape().getArea(), 0.02 * DISC);
        assertTrue(half.buffer(1e-6).covers(classes.shape()));
        assertTrue(objects.objects().stream().allMatch(o -> o.shape().getArea() > 0.97 * DISC));
    }

    @Test
    void leavesOutSmallObjects() throws IOException {
        SlideRun.Outcome outcome = run(SlideOptions.DEFAULT
                        .with(Keys.CREATE, "detections")
                        .with(Keys.MIN_AREA, DISC / 4 * 1.1))
                .segment(region(0, 0, 2_000), Optional.empty(), BatchListener.NONE);

        assertEquals(0, outcome.objects().size());
    }

    @Test
    void skipsGlassAndFindsTheSame() throws IOException {
        SlideRegion region = region(40_000, 40_000, 20_000);
        SlideOptions coarse = SlideOptions.DEFAULT.with(Keys.PIXEL_SIZE, 10.0);

        SlideRun.Outcome all = run(coarse).segment(region, Optional.empty(), BatchListener.NONE);
        SlideRun.Outcome tissue =
                run(coarse.with(Keys.TISSUE_ONLY, true)).segment(region, Optional.empty(), BatchListener.NONE);

        assertTrue(tissue.tiles() < 0.4 * all.tiles(), () -> tissue.tiles() + " of " + all.tiles() + " tiles");
        assertEquals(
                all.objects().get(0).shape().getArea(),
                tissue.objects().get(0).shape().getArea(),
                1e-6);
    }

    /** Pixels of 8 microns: discs of 25 pixels, smaller than the halo of 64. Of 2 microns: of 100, larger than it. */
    @ParameterizedTest
    @ValueSource(doubles = {8, 2})
    void findsTheSameInstancesInParts(double micronsPerPixel) throws IOException {
        SlideOptions options = SlideOptions.DEFAULT.with(Keys.MEASUREMENTS, true);
        double scale = micronsPerPixel / 0.5;
        SlideRegion region = region(1_300, 700, (int) (700 * scale) + 9);
        List<List<String>> found = new ArrayList<>();
        for (int partSide : new int[] {100_000, 256}) {
            SlideRun.Outcome outcome = new SlideRun(
                            FakeModels.darkInstances(micronsPerPixel), server, server.info(), options, partSide)
                    .segment(region, Optional.empty(), BatchListener.NONE);
            found.add(outcome.objects().stream()
                    .map(o -> o.shape().getEnvelopeInternal() + " "
                            + Math.round(o.measurements().get("TransFuse: area µm^2")) + " "
                            + Math.round(1e3 * o.measurements().get(ObjectsOfResult.PROBABILITY)))
                    .sorted()
                    .toList());
        }

        assertTrue(found.get(0).size() > 8, found.toString());
        assertEquals(found.get(0), found.get(1));
    }

    @Test
    void leavesOutPartsWithoutTissue() throws IOException {
        SlideOptions options = SlideOptions.DEFAULT.with(Keys.TISSUE_ONLY, true);
        SlideRegion whole = region(0, 0, 100_000);
        SlideRun.Outcome outcome = new SlideRun(FakeModels.darkInstances(20), server, server.info(), options, 256)
                .segment(whole, Optional.empty(), BatchListener.NONE);

        assertEquals(50 * 50, outcome.objects().size());
        int tilesOfAllParts = 10 * 10 * 11 * 11;
        assertTrue(outcome.tiles() < 0.4 * tilesOfAllParts, () -> outcome.tiles() + " tiles");
    }

    @Test
    void computesWhatLiesNearTheShape() throws IOException {
        Geometry disc =
                new GeometryFactory().createPoint(new Coordinate(5_000, 5_000)).buffer(4_000, 64);
        SlideRegion around = region(1_000, 1_000, 8_000);
        SlideRun.Outcome shape = run(SlideOptions.DEFAULT).segment(around, Optional.of(disc), BatchListener.NONE);
        SlideRun.Outcome all = run(SlideOptions.DEFAULT).segment(around, Optional.empty(), BatchListener.NONE);

        assertTrue(shape.tiles() < 0.95 * all.tiles(), () -> shape.tiles() + " of " + all.tiles() + " tiles");
        Geometry cut = all.objects().get(0).shape().intersection(disc);
        assertEquals(cut.getArea(), shape.objects().get(0).shape().getArea(), 1e-6 * cut.getArea());
    }

    @Test
    void givesTheSameAgain() throws IOException {
        SlideRegion region = region(1_000, 1_000, 3_000);
        SlideRun.Outcome first = run(SlideOptions.DEFAULT).segment(region, Optional.empty(), BatchListener.NONE);
        SlideRun.Outcome again = run(SlideOptions.DEFAULT
                        .with(Keys.N_THREADS, 4)
                        .withNormalization(first.normalization()))
                .segment(region, Optional.empty(), BatchListener.NONE);

        assertTrue(first.objects()
                .get(0)
                .shape()
                .equalsExact(again.objects().get(0).shape()));
    }

    @Test
    void fitsTheNormalisationOfASlideOnce() throws IOException {
        AtomicInteger wide = new AtomicInteger();
        RegionReader counting = request -> {
            wide.addAndGet(request.downsample() > 4 ? 1 : 0);
            return server.read(request);
        };
        SlideRun slide = new SlideRun(model, counting, server.info(), SlideOptions.DEFAULT);
        SlideRun.Outcome first = slide.segment(region(1_000, 1_000, 800), Optional.empty(), BatchListener.NONE);
        int reads = wide.get();
        SlideRun.Outcome second = slide.segment(region(5_000, 1_000, 800), Optional.empty(), BatchListener.NONE);

        assertTrue(reads > 0, "a thumbnail is read");
        assertEquals(reads, wide.get(), "and not again for the next annotation");
        assertEquals(first.normalization(), second.normalization());
    }

    @Test
    void countsTheThumbnailAsWaiting() throws IOException {
        RegionReader slow = request -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return server.read(request);
        };
        SlideRun.Outcome outcome = new SlideRun(model, slow, server.info(), SlideOptions.DEFAULT)
                .segment(region(1_000, 1_000, 800), Optional.empty(), BatchListener.NONE);

        assertTrue(outcome.waitingSeconds() > 0.1, () -> "waited for " + outcome.waitingSeconds() + " s");
    }

    @Test
    void stopsWhenCanceled() {
        BatchListener canceled = new BatchListener() {
            @Override
            public boolean isCanceled() {
                return true;
            }
        };

        assertThrows(CancellationException.class, () -> run(SlideOptions.DEFAULT)
                .segment(region(0, 0, 2_000), Optional.empty(), canceled));
    }

    @Test
    void endsAtAnUnreadableRegion() {
        server.broken = true;

        SlideException e = assertThrows(SlideException.class, () -> run(SlideOptions.DEFAULT)
                .segment(region(5_000, 0, 2_000), Optional.empty(), BatchListener.NONE));
        assertTrue(e.getMessage().contains("skipUnreadable") || e.getMessage().contains("disk"), e.getMessage());
    }

    @Test
    void goesOnOverUnreadableRegionsIfAsked() throws IOException {
        SlideRun.Outcome whole = run(SlideOptions.DEFAULT.with(Keys.CREATE, "detections"))
                .segment(region(0, 0, 5_000), Optional.empty(), BatchListener.NONE);
        server.broken = true;

        SlideRun.Outcome holed = run(SlideOptions.DEFAULT
                        .with(Keys.CREATE, "detections")
                        .with(Keys.SKIP_UNREADABLE, true))
                .segment(region(0, 0, 5_000), Optional.empty(), BatchListener.NONE);

        assertEquals(25, whole.objects().size());
        assertEquals(0, whole.failedTiles());
        assertEquals(10, holed.objects().size(), "the blocks at the left border can be read");
        assertTrue(holed.failedTiles() > 0, () -> holed.failedTiles() + " counted");
    }

    @Test
    void findsNothingWhereASparseSlideHasNoPixels() throws IOException {
        SlideRun.Outcome outcome = run(SlideOptions.DEFAULT.with(Keys.CREATE, "detections"))
                .segment(region(80_000, 80_000, 3_000), Optional.empty(), BatchListener.NONE);

        assertEquals(0, outcome.objects().size());
        assertEquals(0, outcome.failedTiles());
    }

    @Test
    void asksForThePixelSizeOfUncalibratedSlides() {
        SlideInfo uncalibrated = new SlideInfo("plain", 1_000, 1_000, 3, true, Optional.empty());
        SlideRun run = new SlideRun(model, server, uncalibrated, SlideOptions.DEFAULT);

        SlideException e = assertThrows(
                SlideException.class, () -> run.segment(region(0, 0, 1_000), Optional.empty(), BatchListener.NONE));
        assertTrue(e.getMessage().contains("downsample"), e.getMessage());
    }

    /** Pixels of 0.5 x 0.25 microns: half the area of those of 0.5, whatever their mean. */
    @Test
    void measuresPixelsThatAreNotSquare() throws IOException {
        SlideInfo info = server.info();
        SlideInfo narrow = new SlideInfo(
                "narrow", info.width(), info.height(), 3, true, Optional.of(new SlideInfo.Pixel(0.5, 0.25)));
        SlideOptions detections =
                SlideOptions.DEFAULT.with(Keys.CREATE, "detections").with(Keys.MEASUREMENTS, true);
        List<FoundObject> all = new SlideRun(model, server, narrow, detections)
                .segment(region(0, 0, 2_000), Optional.empty(), BatchListener.NONE)
                .objects();
        List<FoundObject> large = new SlideRun(model, server, narrow, detections.with(Keys.MIN_AREA, DISC / 8 * 1.05))
                .segment(region(0, 0, 2_000), Optional.empty(), BatchListener.NONE)
                .objects();

        assertEquals(4, all.size());
        FoundObject disc = all.get(0);
        assertEquals(disc.shape().getArea() / 8, disc.measurements().get("TransFuse: area µm^2"), 1e-9);
        assertEquals(0, large.size(), "minArea is of the same area");
    }

    @Test
    void refusesShapesOutsideTheSlide() {
        assertThrows(
                SlideException.class,
                () -> SlideRegion.around(
                        new Envelope(200_000, 200_100, 0, 10), server.info(), RegionReader.Plane.FIRST));
    }
}
