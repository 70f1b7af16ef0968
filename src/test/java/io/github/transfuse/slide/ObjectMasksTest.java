package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.AffineTransformation;

/** Each annotation becomes an object with a number of its own: compared with the pixel centres that lie in it. */
class ObjectMasksTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final Optional<Learned> OBJECTS = Optional.of(Learned.OBJECTS);

    @TempDir
    Path folder;

    private static Drawing box(String kind, double x, double y, double width, double height) {
        Envelope box = new Envelope(x, x + width, y, y + height);
        return new Drawing(kind, 0x2060c0, FACTORY.toGeometry(box), RegionReader.Plane.FIRST);
    }

    private static List<Drawing> cells(int count, double side, long seed) {
        Random random = new Random(seed);
        List<Drawing> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Geometry cell = new AffineTransformation()
                    .scale(5 + 20 * random.nextDouble(), 4 + 15 * random.nextDouble())
                    .rotate(random.nextDouble())
                    .translate(side * random.nextDouble(), side * random.nextDouble())
                    .transform(FACTORY.createPoint(new Coordinate(0, 0)).buffer(1));
            cells.add(new Drawing("Nucleus", 0x2060c0, cell, RegionReader.Plane.FIRST));
        }
        return cells;
    }

    private Raster mask(SlidePieces slide, boolean sparse) throws Exception {
        assertEquals(1, new TrainingSet(folder, sparse, OBJECTS).add(1, slide));
        try (var files = Files.list(folder.resolve("masks"))) {
            return ImageIO.read(files.findFirst().orElseThrow().toFile()).getRaster();
        }
    }

    private static SlidePieces slide(List<Drawing> drawings, double microns) {
        SlideInfo info = new SlideInfo("slide", 1000, 1000, 3, true, SlideInfo.Pixel.square(0.25));
        return new SlidePieces(info, new PyramidServer(1000), drawings, microns);
    }

    /** The smallest drawing around the centre of a pixel, or nothing. */
    private static Optional<Drawing> at(List<Drawing> drawings, Coordinate centre) {
        return drawings.stream()
                .filter(drawing -> drawing.shape().getEnvelopeInternal().contains(centre))
                .filter(drawing -> drawing.shape().contains(FACTORY.createPoint(centre)))
                .min(Comparator.comparingDouble(drawing -> drawing.shape().getArea()));
    }

    /** A centre on an outline may lie on either side of it. */
    private static boolean isOnOutline(List<Drawing> drawings, Coordinate centre) {
        return drawings.stream()
                .anyMatch(drawing -> drawing.shape().getBoundary().distance(FACTORY.createPoint(centre)) < 0.01);
    }

    @Test
    void pixelsHaveTheNumberOfTheAnnotationThatTheirCentreLiesIn() throws Exception {
        for (double microns : new double[] {0.25, 0.5}) {
            List<Drawing> cells = cells(360, 400, 7);
            List<Drawing> all = new ArrayList<>(cells);
            all.add(box("Training", 32, 16, 320, 352));
            Raster mask = mask(slide(all, microns), false);
            double scale = microns / 0.25;
            Map<Integer, Drawing> numbers = new HashMap<>();
            Map<Drawing, Integer> drawings = new HashMap<>();
            assertEquals(320 / scale, mask.getWidth());
            for (int y = 0; y < mask.getHeight(); y++) {
                for (int x = 0; x < mask.getWidth(); x++) {
                    Coordinate centre = new Coordinate(32 + (x + 0.5) * scale, 16 + (y + 0.5) * scale);
                    Optional<Drawing> expected = at(cells, centre);
                    int number = mask.getSample(x, y, 0);
                    boolean same = expected.isEmpty()
                            ? number == 0
                            : expected.get().equals(numbers.getOrDefault(number, expected.get()))
                                    && number == drawings.getOrDefault(expected.get(), number);
                    if (same && expected.isPresent()) {
                        numbers.put(number, expected.get());
                        drawings.put(expected.get(), number);
                    }
                    assertTrue(same || isOnOutline(cells, centre), x + " " + y + " holds " + number);
                }
            }
            assertTrue(numbers.size() > 255, numbers.size() + " objects");
        }
    }

    @Test
    void piecesOfOneAnnotationAreObjectsOfTheirOwn() throws Exception {
        Geometry two =
                box("", 10, 10, 20, 20).shape().union(box("", 50, 10, 20, 20).shape());
        List<Drawing> drawings =
                List.of(box("Training", 0, 0, 100, 100), new Drawing("Nucleus", 0, two, RegionReader.Plane.FIRST));
        Raster mask = mask(slide(drawings, 0.25), false);

        assertEquals(
                2,
                List.of(mask.getSample(20, 20, 0), mask.getSample(60, 20, 0)).stream()
                        .filter(number -> number > 0)
                        .distinct()
                        .count());
    }

    @Test
    void backgroundIsNoObject() throws Exception {
        Raster mask = mask(
                slide(
                        List.of(
                                box("Training", 0, 0, 100, 100),
                                box("Nucleus", 0, 0, 20, 20),
                                box("Background", 40, 0, 20, 20)),
                        0.25),
                false);

        assertTrue(mask.getSample(2, 2, 0) > 0);
        assertEquals(0, mask.getSample(50, 10, 0));
        assertTrue(Files.readString(folder.resolve("classes.txt")).startsWith("1\tNucleus\t"));
    }

    @Test
    void whatIsNotAnnotatedOrIgnoredIsLeftOut() throws Exception {
        Raster mask = mask(
                slide(
                        List.of(
                                box("Training", 0, 0, 100, 100),
                                box("Nucleus", 0, 0, 20, 20),
                                box("Background", 20, 0, 20, 20),
                                box("Ignore*", 5, 5, 5, 5)),
                        0.25),
                true);

        assertTrue(mask.getSample(2, 2, 0) > 0 && mask.getSample(2, 2, 0) < 9);
        assertEquals(
                List.of(65_535, 0, 65_535),
                List.of(mask.getSample(7, 7, 0), mask.getSample(30, 10, 0), mask.getSample(90, 90, 0)));
        assertTrue(Files.readString(folder.resolve("ignored.txt")).contains("--ignore-label 65535"));
        assertTrue(Files.readString(folder.resolve("objects.txt")).contains("--mask-type instances"));
    }

    /** The class of objects is one: what their classes have in common, or all names. */
    @Test
    void classesOfObjectsBecomeOne() throws Exception {
        Map<List<String>, String> expected = Map.of(
                List.of("Nucleus"), "Nucleus",
                List.of("Tumor: Positive", "Tumor: Negative"), "Tumor",
                List.of("Tumor: Positive"), "Tumor: Positive",
                List.of("Positive", "Negative"), "Negative, Positive");
        for (Map.Entry<List<String>, String> each : expected.entrySet()) {
            Path set = folder.resolve("set of " + each.getKey().hashCode());
            int image = 0;
            for (String kind : each.getKey()) {
                new TrainingSet(set, false, OBJECTS)
                        .add(image++, slide(List.of(box("Training", 0, 0, 64, 64), box(kind, 9, 9, 9, 9)), 0.25));
            }
            assertEquals(
                    List.of("1\t" + each.getValue() + "\t0x2060c0"), Files.readAllLines(set.resolve("classes.txt")));
        }
    }

    @Test
    void theFirstImageDecidesAndOthersFollow() throws Exception {
        List<Drawing> small = List.of(box("Training", 0, 0, 300, 300), box("Nucleus", 9, 9, 9, 9));
        List<Drawing> large = List.of(box("Training", 0, 0, 300, 300), box("Gland", 9, 9, 200, 200));
        new TrainingSet(folder.resolve("a"), false, Optional.empty()).add(1, slide(small, 0.25));
        new TrainingSet(folder.resolve("a"), false, Optional.empty()).add(2, slide(large, 0.25));
        assertTrue(TrainingSet.hasObjects(folder.resolve("a")));
        new TrainingSet(folder.resolve("b"), false, Optional.empty()).add(2, slide(large, 0.25));
        assertTrue(!TrainingSet.hasObjects(folder.resolve("b")));

        String message = assertThrows(SlideException.class, () -> new TrainingSet(folder.resolve("b"), false, OBJECTS)
                        .add(1, slide(small, 0.25)))
                .getMessage();
        assertTrue(message.contains("masks of areas") && message.contains("another folder"), message);
    }
}
