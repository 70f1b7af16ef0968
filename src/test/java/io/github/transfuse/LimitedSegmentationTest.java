package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.OvalRoi;
import ij.gui.Roi;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A limited result is that of the whole image, cut here pixel by pixel. */
class LimitedSegmentationTest {
    private static final int WIDTH = 240;
    private static final int HEIGHT = 160;
    private static final Roi OVAL = new OvalRoi(91, 57, 60, 45);
    private static final SelectedArea AREA = SelectedArea.of(OVAL, WIDTH, HEIGHT);

    private final TileMoods network = new TileMoods();

    private TransFuse model(InputSpec.Rule rule, OutputSpec.Kind kind, Optional<Double> pixelSize) {
        int channels = kind == OutputSpec.Kind.BOUNDARY_INSTANCES ? 3 : 1;
        return TransFuse.with(FakeNetworks.model(rule, channels, kind, pixelSize), options -> network);
    }

    private TransFuse tiles(OutputSpec.Kind kind) {
        return model(InputSpec.Rule.TILE, kind, Optional.empty());
    }

    private static CalibratedImage plane(int channels) {
        if (channels == 1) {
            return CalibratedImage.of("plane", Blobs.of(3, WIDTH, HEIGHT), Axis.Kind.X, Axis.Kind.Y);
        }
        var pixels = Blobs.of(3, WIDTH, HEIGHT, channels);
        Views.hyperSlice(pixels, 2, 0).forEach(background -> background.set(background.get() + 1));
        return CalibratedImage.of("plane", pixels, Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL);
    }

    private static CalibratedImage calibrated(double size) {
        List<Axis> axes = List.of(new Axis(Axis.Kind.X, size, "micron"), new Axis(Axis.Kind.Y, size, "micron"));
        return new CalibratedImage("plane", Blobs.of(3, WIDTH, HEIGHT), axes, false, List.of());
    }

    private static int[] cut(int[] values, SelectedArea area) {
        return IntStream.range(0, values.length)
                .map(i -> area.contains(i % area.width(), i / area.width()) ? values[i] : 0)
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"1,TILE", "1.7,TILE", "0.45,TILE", "1,RESIZE", "1,RESIZE_PADDED"})
    void classesEndAtTheBorder(double size, InputSpec.Rule rule) throws IOException {
        try (TransFuse model = model(rule, OutputSpec.Kind.CLASSES, Optional.of(1.0))) {
            Segmentation whole = model.with("probabilities", true).segment(calibrated(size));
            int[] expected = cut(Labels.of(whole.labels()), AREA);
            Segmentation limited =
                    model.with("probabilities", true).within(AREA).segment(calibrated(size));
            assertTrue(IntStream.of(expected).sum() > 100, "something is found there");
            assertArrayEquals(expected, Labels.of(limited.labels()));
            assertEquals(
                    List.of("Segmented only the selection (60 x 45 px at 91, 57)."),
                    limited.provenance().notes().stream()
                            .filter(note -> note.startsWith("Seg"))
                            .toList());
            float[] p = Labels.ofFloats(whole.probabilities().orElseThrow());
            for (int i = 0; i < p.length; i++) {
                p[i] = AREA.contains(i % WIDTH, i / WIDTH) ? p[i] : 0;
            }
            assertArrayEquals(p, Labels.ofFloats(limited.probabilities().orElseThrow()));
        }
    }

    /** Of tiles that end a pixel before the area, the logits reach into it: each of them covers five pixels. */
    @Test
    void tilesWhoseLogitsReachIntoTheAreaAreComputed() throws IOException {
        SelectedArea area = SelectedArea.of(new Roi(81, 81, 40, 40), WIDTH, HEIGHT);
        try (TransFuse model = model(InputSpec.Rule.TILE, OutputSpec.Kind.CLASSES, Optional.of(1.0))) {
            TransFuse small = model.with("tile_size", "16x16").with("probabilities", true);
            float[] whole = Labels.ofFloats(
                    small.segment(calibrated(0.2)).probabilities().orElseThrow());
            float[] limited = Labels.ofFloats(
                    small.within(area).segment(calibrated(0.2)).probabilities().orElseThrow());
            for (int i = 0; i < whole.length; i++) {
                assertEquals(area.contains(i % WIDTH, i / WIDTH) ? whole[i] : 0, limited[i], "pixel " + i);
            }
        }
    }

    /** Tiles of 48 x 32 lie 24 and 16 apart, the last one at the border. */
    @Test
    void onlyTilesWithAPixelOfTheAreaAreComputed() throws IOException {
        try (TransFuse model = tiles(OutputSpec.Kind.CLASSES)) {
            long count = model.within(AREA).segment(plane(1)).statistics().tiles();
            int expected = 0;
            for (int top = 0; top <= HEIGHT - 32 + 15; top += 16) {
                for (int left = 0; left <= WIDTH - 48 + 23; left += 24) {
                    Roi tile = new Roi(Math.min(left, WIDTH - 48), Math.min(top, HEIGHT - 32), 48, 32);
                    expected += IntStream.range(0, WIDTH * HEIGHT)
                                    .anyMatch(i ->
                                            AREA.contains(i % WIDTH, i / WIDTH) && tile.contains(i % WIDTH, i / WIDTH))
                            ? 1
                            : 0;
                }
            }
            assertEquals(expected, count);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INSTANCES,false,0",
        "INSTANCES,true,0",
        "INSTANCES,true,150",
        "BOUNDARY_INSTANCES,false,0",
        "BOUNDARY_INSTANCES,true,0",
        "BOUNDARY_INSTANCES,true,150"
    })
    void objectsWhoseInnerPointLiesInTheAreaAreKeptWhole(OutputSpec.Kind kind, boolean fill, int least)
            throws IOException {
        CalibratedImage image = plane(kind == OutputSpec.Kind.INSTANCES ? 1 : 3);
        // blobs have no necks to speak of: the least depth takes many of them apart
        String splitting = kind == OutputSpec.Kind.BOUNDARY_INSTANCES && fill ? "split_depth=0.1" : "";
        try (TransFuse model = tiles(kind).settings(splitting)) {
            int[] bare =
                    Labels.of(model.with("fill_holes", false).segment(image).labels());
            TransFuse filling = model.with("fill_holes", fill);
            Segmentation whole = filling.segment(image);
            for (SelectedArea area : List.of(AREA, SelectedArea.of(new Roi(12, 120, 9, 30), WIDTH, HEIGHT))) {
                network.shapes.clear();
                Segmentation limited =
                        filling.with("min_size", least).within(area).segment(image);
                int[] expected = Labels.kept(Labels.of(whole.labels()), bare, area, least);
                assertArrayEquals(expected, Labels.of(limited.labels()));
                assertEquals(
                        IntStream.of(expected).max().orElseThrow(),
                        limited.objects().orElseThrow());
                assertTrue(limited.statistics().tiles() < whole.statistics().tiles());
            }
        }
    }

    /** One object winds through the image: what is computed grows until all of it is known. */
    @Test
    void anObjectThatReachesFarIsKeptWhole() throws IOException {
        var pixels = Blobs.dark(WIDTH, HEIGHT);
        for (int x = 2; x < 230; x++) {
            pixels.getAt(x, 80).set(1);
        }
        CalibratedImage image = CalibratedImage.of("line", pixels, Axis.Kind.X, Axis.Kind.Y);
        try (TransFuse model = tiles(OutputSpec.Kind.INSTANCES).with("min_size", 200)) {
            SelectedArea middle = SelectedArea.of(new Roi(111, 75, 10, 10), WIDTH, HEIGHT);
            Segmentation kept = model.within(middle).segment(image);
            assertEquals(228, IntStream.of(Labels.of(kept.labels())).sum());
            assertEquals(
                    228, IntStream.of(Labels.of(model.segment(image).labels())).sum());
            SelectedArea end = SelectedArea.of(new Roi(2, 75, 80, 10), WIDTH, HEIGHT);
            assertEquals(0, model.within(end).segment(image).objects().orElseThrow(), "its middle is elsewhere");
        }
    }

    /** A ring far around a small area, whose hole is filled. */
    private static CalibratedImage ring() {
        var pixels = Blobs.dark(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            double radius = Math.hypot(i % WIDTH - 120, i / WIDTH - 80);
            pixels.getAt(i % WIDTH, i / WIDTH).set(radius > 70 && radius < 76 ? 1 : -1);
        }
        return CalibratedImage.of("ring", pixels, Axis.Kind.X, Axis.Kind.Y);
    }

    @Test
    void aFilledRingFarAroundTheAreaFillsItsClassesButIsNoObjectOfIt() throws IOException {
        SelectedArea middle = SelectedArea.of(new Roi(115, 75, 10, 10), WIDTH, HEIGHT);
        try (TransFuse model = tiles(OutputSpec.Kind.CLASSES).with("fill_holes", true)) {
            int[] classes = Labels.of(model.within(middle).segment(ring()).labels());
            assertEquals(100, IntStream.of(classes).sum());
            // However much around is computed
            for (TransFuse objects : List.of(
                    model.with("output_type", "instances"),
                    model.with("output_type", "instances").with("tile_size", "240x160"))) {
                assertEquals(1, objects.segment(ring()).objects().orElseThrow());
                assertEquals(0, objects.within(middle).segment(ring()).objects().orElseThrow());
            }
            SelectedArea touching = SelectedArea.of(new Roi(40, 75, 90, 10), WIDTH, HEIGHT);
            TransFuse objects = model.with("output_type", "instances");
            assertArrayEquals(
                    Labels.of(objects.segment(ring()).labels()),
                    Labels.of(objects.within(touching).segment(ring()).labels()));
        }
    }

    @Test
    void theLeastSizeOfClassesCountsWhatLiesBeyondTheArea() throws IOException {
        try (TransFuse model = tiles(OutputSpec.Kind.CLASSES).with("min_size", 300)) {
            int[] whole = Labels.of(model.segment(plane(1)).labels());
            Segmentation limited = model.within(AREA).segment(plane(1));
            assertArrayEquals(cut(whole, AREA), Labels.of(limited.labels()));
        }
    }

    @Test
    void holesOfClassesAreFilledAsInTheWholeImage() throws IOException {
        try (TransFuse model = tiles(OutputSpec.Kind.CLASSES).with("fill_holes", true)) {
            int[] whole = Labels.of(model.segment(plane(1)).labels());
            Segmentation limited = model.within(AREA).segment(plane(1));
            assertArrayEquals(cut(whole, AREA), Labels.of(limited.labels()));
        }
    }

    private static CalibratedImage series() {
        return CalibratedImage.of(
                "series", Blobs.of(5, 60, 50, 7, 4), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.TIME);
    }

    private TransFuse stacks(InputSpec.Mode mode, OutputSpec.Kind kind) {
        ModelFolder folder = FakeNetworks.model(InputSpec.Rule.TILE, 1, kind, Optional.of(1.0));
        return TransFuse.with(FakeNetworks.inMode(folder, mode), options -> network);
    }

    private static boolean isWanted(int plane) {
        int z = plane % 7;
        int t = plane / 7;
        return (z == 0 || (z >= 3 && z <= 5)) && t % 2 == 1;
    }

    /** Classes of the whole image, other planes blackened, and the objects counted anew through the slices. */
    @ParameterizedTest
    @EnumSource(
            value = InputSpec.Mode.class,
            names = {"SLICES", "TRIPLANAR"})
    void slicesAndFramesAreThoseOfTheWholeImage(InputSpec.Mode mode) throws IOException {
        try (TransFuse classes = stacks(mode, OutputSpec.Kind.CLASSES)) {
            int[] whole = Labels.of(classes.segment(series()).labels());
            int[] expected = IntStream.range(0, whole.length)
                    .map(i -> isWanted(i / 3000) ? whole[i] : 0)
                    .toArray();
            long all = network.tiles();
            TransFuse limited = classes.with("slices", "4-6,1").with("frames", "4,2");
            Segmentation result = limited.segment(series());
            assertArrayEquals(expected, Labels.of(result.labels()));
            assertTrue(result.provenance().notes().contains("Segmented only slices 4-6,1 of 7, frames 4,2 of 4."));
            int parts = mode == InputSpec.Mode.SLICES ? 8 : 14;
            assertEquals(all * parts / 28, network.tiles() - all);
            TransFuse objects = limited.with("output_type", "instances");
            assertArrayEquals(
                    Labels.components(expected, 60, 50, 7),
                    Labels.of(objects.segment(series()).labels()));
        }
    }

    /** Objects that are found from probabilities end at the slices, too. */
    @Test
    void touchingObjectsEndAtTheSlices() throws IOException {
        ModelFolder folder =
                FakeNetworks.model(InputSpec.Rule.TILE, 3, OutputSpec.Kind.BOUNDARY_INSTANCES, Optional.of(1.0));
        try (TransFuse model =
                TransFuse.with(FakeNetworks.inMode(folder, InputSpec.Mode.TRIPLANAR), options -> network)) {
            CalibratedImage stack = CalibratedImage.of(
                    "stack", Blobs.of(8, 40, 32, 7, 3), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z, Axis.Kind.CHANNEL);
            int[] labels = Labels.of(model.with("slices", "3-4").segment(stack).labels());
            int plane = 40 * 32;
            assertTrue(IntStream.range(2 * plane, 4 * plane).anyMatch(i -> labels[i] > 0));
            assertTrue(IntStream.range(0, labels.length)
                    .allMatch(i -> labels[i] == 0 || (i >= 2 * plane && i < 4 * plane)));
        }
    }

    @Test
    void areasOfStacksGoThroughAllSlices() throws IOException {
        SelectedArea area = SelectedArea.of(new OvalRoi(20, 11, 22, 30), 60, 50);
        try (TransFuse model =
                stacks(InputSpec.Mode.SLICES, OutputSpec.Kind.INSTANCES).with("frames", "2")) {
            int[] whole = Labels.of(model.segment(series()).labels());
            Segmentation limited = model.within(area).segment(series());
            assertArrayEquals(Labels.keptThroughSlices(whole, area, 7), Labels.of(limited.labels()));
            assertEquals(
                    List.of("Segmented only the selection (22 x 30 px at 20, 11), frames 2 of 4."),
                    limited.provenance().notes().stream()
                            .filter(note -> note.startsWith("Segmented"))
                            .toList());
        }
    }

    @Test
    void allOfItIsNoLimit() throws IOException {
        SelectedArea all = SelectedArea.of(new Roi(-3, -3, 400, 400), WIDTH, HEIGHT);
        try (TransFuse model =
                tiles(OutputSpec.Kind.CLASSES).with("slices", "1-").with("frames", "1")) {
            Segmentation result = model.within(all).segment(plane(1));
            assertArrayEquals(Labels.of(model.segment(plane(1)).labels()), Labels.of(result.labels()));
            assertTrue(result.provenance().notes().stream().noneMatch(note -> note.startsWith("Segmented")));
        }
    }

    @ParameterizedTest
    @CsvSource({"slices,2", "frames,'1,3-4'", "slices,2-"})
    void slicesThatAreNotThereAreRefused(String key, String numbers) {
        String setting = key + "=" + numbers;
        try (TransFuse model = tiles(OutputSpec.Kind.CLASSES).with(key, numbers)) {
            String message = assertThrows(UnsupportedImageException.class, () -> model.segment(plane(1)))
                    .getMessage();
            assertTrue(message.contains(setting) && message.contains("all"), message);
            assertEquals(0, network.tiles());
        }
    }

    @Test
    void areasThatAreNotOfTheImageAreRefused() {
        try (TransFuse model = tiles(OutputSpec.Kind.CLASSES)) {
            TransFuse outside = model.within(SelectedArea.of(new Roi(WIDTH, 0, 20, 20), WIDTH, HEIGHT));
            String message = assertThrows(UnsupportedImageException.class, () -> outside.segment(plane(1)))
                    .getMessage();
            assertTrue(message.contains("no pixel") && message.contains("selection=false"), message);
            TransFuse other = model.within(SelectedArea.of(OVAL, WIDTH, HEIGHT + 1));
            assertThrows(UnsupportedImageException.class, () -> other.segment(plane(1)));
        }
    }
}
