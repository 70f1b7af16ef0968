package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.settings.Keys;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;

/**
 * The objects of an annotation are those of the run of the whole slide whose centroid lies in it, to the last corner and
 * digit: of a network whose answer depends on all that a tile shows.
 */
class SameCellsTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int WIDTH = 900;
    private static final int HEIGHT = 700;

    private final DrawnSlide slide = DrawnSlide.ofCells(WIDTH, HEIGHT, 420, 7);

    /** Rectangles, ellipses and thin or forked polygons, some beyond the borders of the slide. */
    static List<Geometry> annotations(long seed, int count) {
        Random random = new Random(seed);
        List<Geometry> shapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double width = 20 + 300 * random.nextDouble();
            double height = 20 + 300 * random.nextDouble();
            double x = -30 + (WIDTH - 60) * random.nextDouble();
            double y = -30 + (HEIGHT - 60) * random.nextDouble();
            Geometry box = FACTORY.toGeometry(new Envelope(x, x + width, y, y + height));
            shapes.add(
                    switch (i % 4) {
                        case 0 ->
                            FACTORY.toGeometry(new Envelope(
                                    Math.rint(x), Math.rint(x + width), Math.rint(y), Math.rint(y + height)));
                        case 1 -> box;
                        case 2 -> box.buffer(25).difference(box.buffer(-15));
                        default ->
                            FACTORY.createLineString(new Coordinate[] {
                                        new Coordinate(x, y),
                                        new Coordinate(x + width, y + height),
                                        new Coordinate(x, y + height)
                                    })
                                    .buffer(12);
                    });
        }
        return shapes;
    }

    private static SlideRun.Outcome segment(SlideRun run, SlideInfo info, Geometry shape) throws IOException {
        return run.segment(
                SlideRegion.around(shape.getEnvelopeInternal(), info, RegionReader.Plane.FIRST),
                Optional.of(shape),
                BatchListener.NONE);
    }

    private static Set<String> texts(List<FoundObject> objects) {
        TreeSet<String> texts = new TreeSet<>();
        objects.forEach(object -> texts.add(object.shape().norm().toText() + " " + object.measurements()));
        return texts;
    }

    private List<FoundObject> whole(SlideRun run) throws IOException {
        return run.segment(
                        SlideRegion.all(slide.info(), RegionReader.Plane.FIRST), Optional.empty(), BatchListener.NONE)
                .objects();
    }

    @ParameterizedTest
    @CsvSource({"0.5, auto, false", "1, auto, false", "1.3, auto, false", "1, detections, false", "0.5, auto, true"})
    void theSameWherever(double micronsPerPixel, String create, boolean tissueOnly) throws IOException {
        SlideOptions options = SlideOptions.DEFAULT
                .with(Keys.MEASUREMENTS, true)
                .with(Keys.TISSUE_ONLY, tissueOnly)
                .with(Keys.CREATE, create);
        TransFuse model = create.equals("auto")
                ? FakeModels.contextInstances(micronsPerPixel).settings("split_depth=0.2")
                : FakeModels.context(micronsPerPixel);
        SlideRun run = new SlideRun(model, slide, slide.info(), options);
        List<FoundObject> all = whole(run);
        assertTrue(all.size() > 60, () -> all.size() + " objects");
        int compared = 0;
        int missing = 0;
        for (Geometry shape : annotations(3, 16)) {
            List<FoundObject> expected = all.stream()
                    .filter(object -> shape.contains(object.shape().getCentroid()))
                    .toList();
            Set<String> lost = texts(expected);
            Set<String> found = texts(segment(run, slide.info(), shape).objects());
            compared += lost.size();
            lost.removeAll(found);
            missing += lost.size();
            found.removeAll(texts(expected));
            missing += found.size();
        }
        assertTrue(compared > 50, "compared " + compared);
        assertEquals(0, missing, "objects missing or too many, of " + compared);
    }

    /** Bars of up to 560 pixels, of which an annotation of 30 pixels shows the middle: looked at again until they are seen whole. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "detections"})
    void whatIsSeenCutIsSeenWholeThen(String create) throws IOException {
        DrawnSlide bars = DrawnSlide.ofCells(WIDTH, HEIGHT, 0, 9);
        Graphics2D graphics = bars.image().createGraphics();
        graphics.setColor(new Color(0x603070));
        graphics.fillRect(150, 200, 560, 14);
        graphics.fillRect(420, 260, 14, 360);
        graphics.dispose();
        SlideRun run = new SlideRun(
                create.equals("auto")
                        ? FakeModels.contextInstances(0.5).settings("split_depth=0.2")
                        : FakeModels.context(0.5),
                bars,
                bars.info(),
                SlideOptions.DEFAULT.with(Keys.CREATE, create));
        List<FoundObject> whole = run.segment(
                        SlideRegion.all(bars.info(), RegionReader.Plane.FIRST), Optional.empty(), BatchListener.NONE)
                .objects();
        FoundObject longest = whole.stream()
                .filter(object -> object.shape().contains(object.shape().getCentroid()))
                .max(Comparator.comparingDouble(object -> extent(object.shape())))
                .orElseThrow();
        assertTrue(extent(longest.shape()) > 250, () -> longest.shape().toText());
        SlideRun.Outcome found =
                segment(run, bars.info(), longest.shape().getCentroid().buffer(15, 2));

        assertTrue(texts(found.objects()).containsAll(texts(List.of(longest))), () -> texts(found.objects())
                .toString());
        assertTrue(texts(whole).containsAll(texts(found.objects())));
        assertEquals(0, found.cut());
    }

    private static double extent(Geometry shape) {
        return shape.getEnvelopeInternal().maxExtent();
    }

    /** At the centres of pixels, for that is what a map is. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1.3})
    void aMapIsTheSameInsideAnAnnotation(double micronsPerPixel) throws IOException {
        SlideRun run = new SlideRun(
                FakeModels.context(micronsPerPixel),
                slide,
                slide.info(),
                SlideOptions.DEFAULT.with(Keys.MEASUREMENTS, false));
        IndexedPointInAreaLocator whole =
                new IndexedPointInAreaLocator(whole(run).get(0).shape());
        double step = micronsPerPixel / 0.5;
        int foreground = 0;
        for (Geometry shape : annotations(5, 8)) {
            List<FoundObject> found = segment(run, slide.info(), shape).objects();
            Geometry map =
                    found.isEmpty() ? FACTORY.createPolygon() : found.get(0).shape();
            assertTrue(shape.buffer(1e-6).covers(map));
            IndexedPointInAreaLocator inside = new IndexedPointInAreaLocator(shape);
            IndexedPointInAreaLocator part = new IndexedPointInAreaLocator(map);
            int columns = (int) (WIDTH / step);
            int rows = (int) (HEIGHT / step);
            for (int i = 0; i < columns * rows; i++) {
                int row = i / columns;
                Coordinate centre = new Coordinate(
                        (i % columns + 0.5) * WIDTH / Math.round(WIDTH / step),
                        (row + 0.5) * HEIGHT / Math.round(HEIGHT / step));
                if (inside.locate(centre) == Location.INTERIOR) {
                    assertEquals(whole.locate(centre), part.locate(centre), centre + " of " + shape);
                    foreground += part.locate(centre) == Location.INTERIOR ? 1 : 0;
                }
            }
        }
        assertTrue(foreground > 1_000, foreground + " pixels of the foreground");
    }
}
