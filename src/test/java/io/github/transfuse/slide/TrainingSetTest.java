package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.TransFuse;
import io.github.transfuse.files.EveryFault;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.training.TrainingProposal;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** Regions of slides become a folder that a training reads. */
class TrainingSetTest {
    private static final int SIDE = 4000;

    /** One pixel of the slides is half a micron. */
    private static final double NATIVE = 0.5;

    private static final Optional<Learned> AREAS = Optional.of(Learned.AREAS);

    @TempDir
    Path folder;

    private final PyramidServer server = new PyramidServer(2 * SIDE);

    private static Drawing drawing(String kind, double x, double y, double width, double height) {
        Envelope box = new Envelope(x, x + width, y, y + height);
        return new Drawing(kind, 0x2060c0, new GeometryFactory().toGeometry(box), RegionReader.Plane.FIRST);
    }

    private static SlideInfo info(String name, double microns) {
        Optional<SlideInfo.Pixel> size = microns > 0 ? SlideInfo.Pixel.square(microns) : Optional.empty();
        return new SlideInfo(name, SIDE, SIDE, 3, true, size);
    }

    private SlidePieces slide(String name, Drawing... drawings) {
        return new SlidePieces(info(name, NATIVE), server, List.of(drawings), NATIVE);
    }

    private TrainingSet dense() {
        return new TrainingSet(folder, false, AREAS);
    }

    /** Stems of the files. */
    private List<String> names(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.map(Pairing::stem).sorted().toList();
        }
    }

    /** The contents of all files, by their paths. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String text = Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
                contents.put(folder.relativize(file).toString(), text);
            }
        }
        return contents;
    }

    /** The first 100 values of a row. */
    private int[] maskRow(String stem, int y) throws IOException {
        return mask(stem).getSamples(0, y, 100, 1, 0, (int[]) null);
    }

    private Raster mask(String stem) throws IOException {
        return ImageIO.read(folder.resolve("masks").resolve(stem + ".png").toFile())
                .getRaster();
    }

    private String refusal(TrainingSet set, SlidePieces slide) {
        return assertThrows(SlideException.class, () -> set.add("id", slide)).getMessage();
    }

    @Test
    void writesLargeRegionsInPieces() throws IOException {
        int regions = dense().add(
                        1,
                        slide(
                                "slide",
                                drawing("Training", 0, 0, 100, 60),
                                drawing("Validation", 100, 100, 2100, 60),
                                drawing("gland", 1100, 100, 100, 30)));

        assertEquals(2, regions);
        List<String> expected = List.of("slide_x0_y0_z0_t0", "slide_x100_y100_z0_t0", "slide_x1150_y100_z0_t0");
        assertEquals(expected, names("images"));
        assertEquals(expected, names("masks"));
        assertEquals(
                List.of("slide_x100_y100_z0_t0", "slide_x1150_y100_z0_t0"),
                Files.readAllLines(folder.resolve("validation.txt")));
        Raster left = mask("slide_x100_y100_z0_t0");
        Raster right = mask("slide_x1150_y100_z0_t0");
        assertEquals(1050, left.getWidth());
        assertEquals(0, left.getSample(999, 29, 0));
        assertEquals(1, left.getSample(1000, 29, 0));
        assertEquals(1, right.getSample(49, 29, 0));
        assertEquals(0, right.getSample(50, 29, 0));
        assertEquals(0, right.getSample(49, 30, 0));
    }

    @Test
    void neverReadsMoreThanAPieceAtOnce() throws IOException {
        RegionReader small = request -> {
            assertTrue(request.width() / request.downsample() <= SlidePieces.SIDE, request.toString());
            assertTrue(request.height() / request.downsample() <= SlidePieces.SIDE, request.toString());
            return Optional.of(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
        };
        SlideInfo large = new SlideInfo("large", 100_000, 100_000, 3, true, SlideInfo.Pixel.square(NATIVE));
        Drawing[] all = {drawing("Training", 0, 0, 100_000, 70_001), drawing("gland", 0, 0, 100_000, 100_000)};
        for (double size : new double[] {2.5, 0.73, 9}) {
            new TrainingSet(folder.resolve("set" + size), false, AREAS)
                    .add(1, new SlidePieces(large, small, List.of(all), size));
        }
        try (Stream<Path> pieces = Files.list(folder.resolve("set9.0/images"))) {
            assertEquals(3 * 2, pieces.count());
        }
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepTheEarlierPiecesStay() throws Exception {
        dense().add(1, slide("s", drawing("Training", 0, 0, 100, 60), drawing("gland", 0, 0, 30, 30)));
        dense().add(2, slide("t", drawing("Training", 0, 0, 64, 64), drawing("gland", 0, 0, 30, 30)));
        SlidePieces other = slide(
                "s",
                drawing("Validation", 400, 0, 64, 64),
                drawing("Training", 0, 0, 100, 60),
                drawing("gland", 0, 0, 500, 20),
                drawing("vessel", 0, 30, 500, 20));
        EveryFault.of(folder, to -> new TrainingSet(to, true, AREAS).add(1, other));
        SlidePieces moved = slide("s", drawing("Training", 200, 0, 64, 64), drawing("gland", 200, 0, 30, 30));
        EveryFault.of(folder, to -> new TrainingSet(to, false, AREAS).add(1, moved));
    }

    @Test
    void imagesOfOneNameKeepTheirPieces() throws IOException {
        Drawing[] drawings = {drawing("Training", 0, 0, 64, 64), drawing("gland", 0, 0, 30, 30)};
        List<String> images = List.of("Präparat 1/a", "Präparat 1:a", "präparat 1_A", "組織", "#組織");
        for (int pass = 0; pass < 2; pass++) {
            TrainingSet set = dense();
            for (String name : images) {
                set.add(name, slide(name, drawings));
            }
            set.add(images.get(0), slide(images.get(0), drawings));
        }
        String at = "_x0_y0_z0_t0";
        List<String> expected = Stream.of("Präparat 1_a", "Präparat 1_a_2", "präparat 1_A_3", "組織", "_組織")
                .map(name -> name + at)
                .sorted()
                .toList();
        assertEquals(expected, names("images"));
        assertEquals(expected, names("masks"));
    }

    @Test
    void exportingAgainReplacesThePiecesOfThisImageOnly() throws IOException {
        Drawing gland = drawing("gland", 0, 0, 900, 900);
        dense().add(1, slide("a", drawing("Validation", 0, 0, 64, 64), gland));
        dense().add(2, slide("a_b", drawing("Validation", 0, 0, 64, 64), gland));
        dense().add(1, slide("a", drawing("Training", 0, 0, 64, 64), drawing("Validation", 64, 0, 64, 64), gland));
        dense().add(1, slide("a", drawing("Validation", 0, 0, 32, 32), drawing("Training", 0, 0, 64, 64), gland));

        assertEquals(List.of("a_b_x0_y0_z0_t0", "a_x0_y0_z0_t0", "a_x0_y0_z0_t0_2"), names("images"));
        assertEquals(names("images"), names("masks"));
        assertEquals(32, mask("a_x0_y0_z0_t0").getWidth());
        assertEquals(List.of("a_b_x0_y0_z0_t0", "a_x0_y0_z0_t0"), Files.readAllLines(folder.resolve("validation.txt")));
    }

    @Test
    void ignoredClassesAreLeftOutOfTrainings() throws IOException {
        dense().add(
                        1,
                        slide(
                                "a",
                                drawing("Training", 0, 0, 100, 100),
                                drawing("gland", 0, 0, 50, 50),
                                drawing("Ignore*", 40, 0, 50, 50),
                                drawing("Elsewhere", 100, 0, 50, 50)));

        assertEquals(List.of("1\tgland\t0x2060c0"), Files.readAllLines(folder.resolve("classes.txt")));
        int[] row = maskRow("a_x0_y0_z0_t0", 10);
        assertEquals(1, row[39]);
        assertEquals(255, row[40]);
        assertEquals(255, row[89]);
        assertEquals(0, row[90]);
        assertTrue(TrainingSet.hasIgnored(folder));
    }

    /** Otherwise figures would be those of pixels that were learned. */
    @Test
    void whatJudgesIsNotLearned() throws IOException {
        dense().add(
                        1,
                        slide(
                                "a",
                                drawing("Training", 0, 0, 100, 100),
                                drawing("Validation", 40, 0, 30, 100),
                                new Drawing(
                                        "Validation",
                                        0,
                                        drawing("", 75, 0, 9, 100).shape(),
                                        new RegionReader.Plane(1, 0)),
                                drawing("gland", 0, 0, 50, 50)));

        int[] learned = maskRow("a_x0_y0_z0_t0", 10);
        assertEquals(
                List.of(1, 255, 255, 0, 0), List.of(learned[39], learned[40], learned[69], learned[70], learned[80]));
        Raster judging = mask("a_x40_y0_z0_t0");
        assertEquals(List.of(1, 0), List.of(judging.getSample(0, 10, 0), judging.getSample(29, 10, 0)));
        assertTrue(TrainingSet.hasIgnored(folder));
    }

    @Test
    void regionsOutsideAreNamed() {
        String message = assertThrows(SlideException.class, () -> dense().add(
                                1,
                                slide("a", drawing("Training", 100_000, 0, 100, 100), drawing("gland", 0, 0, 50, 50))))
                .getMessage();
        assertTrue(message.startsWith("A region of the class Training lies outside the image a "), message);
    }

    @Test
    void smallDrawingsLieOnLargerOnesInAnyOrder() throws IOException {
        dense().add(
                        1,
                        slide(
                                "a",
                                drawing("Training", 0, 0, 100, 100),
                                drawing("nucleus", 10, 0, 10, 20),
                                drawing("Ignore*", 30, 0, 10, 20),
                                drawing("cell", 0, 0, 60, 60)));

        int[] row = maskRow("a_x0_y0_z0_t0", 10);
        assertEquals(List.of(1, 2, 255, 0), List.of(row[5], row[15], row[35], row[70]));
    }

    @Test
    void whatIsNotDrawnOnSparseSetsIsIgnored() throws IOException {
        int written = new TrainingSet(folder, true, AREAS)
                .add(
                        1,
                        slide(
                                "a",
                                drawing("Training", 0, 0, 100, 100),
                                drawing("Training", 200, 0, 100, 100),
                                drawing("gland", 0, 0, 20, 20),
                                drawing("Background", 20, 0, 20, 20)));

        assertEquals(1, written);
        assertEquals(List.of("a_x0_y0_z0_t0"), names("images"));
        int[] row = maskRow("a_x0_y0_z0_t0", 10);
        assertEquals(List.of(1, 0, 255), List.of(row[19], row[20], row[40]));
        assertTrue(TrainingSet.hasIgnored(folder));
    }

    @Test
    void nothingIsKnownOutsideRegionsThatAreNoRectangles() throws IOException {
        Drawing box = drawing("Training", 0, 0, 100, 100);
        Drawing round = new Drawing("Training", 0, box.shape().getCentroid().buffer(50), box.plane());
        dense().add(1, slide("a", round, drawing("gland", 0, 0, 50, 20)));

        int[] row = maskRow("a_x0_y0_z0_t0", 3);
        assertEquals(List.of(1, 0, 255), List.of(row[0], row[55], row[99]));
        assertTrue(TrainingSet.hasIgnored(folder));
    }

    @Test
    void classesKeepTheirValuesAndHaveNamesOfOneLine() throws IOException {
        dense().add(1, slide("a", drawing("Training", 0, 0, 64, 64), drawing("s\ttroma\r\n", 0, 0, 9, 9)));
        dense().add(2, slide("b", drawing("Training", 0, 0, 64, 64), drawing("gland: in\nside", 0, 0, 9, 9)));

        assertEquals(
                List.of("1\ts troma\t0x2060c0", "2\tgland: in side\t0x2060c0"),
                Files.readAllLines(folder.resolve("classes.txt")));
        assertEquals(2, mask("b_x0_y0_z0_t0").getSample(3, 3, 0));
        assertFalse(TrainingSet.hasIgnored(folder));
    }

    @Test
    void refusesMoreClassesThanMasksHold() throws IOException {
        Drawing[] drawings = Stream.concat(
                        Stream.of(drawing("Training", 0, 0, 64, 64)),
                        IntStream.range(0, 254).mapToObj(i -> drawing("class " + i, 0, 0, 9, 9)))
                .toArray(Drawing[]::new);

        assertTrue(refusal(dense(), slide("a", drawings)).contains("254 classes"));
        assertEquals(1, contents().size());
        dense().add(1, slide("a", Arrays.copyOf(drawings, 254)));
    }

    @Test
    void neverMagnifies() throws IOException {
        Drawing[] drawings = {drawing("Training", 0, 0, 64, 48), drawing("gland", 0, 0, 30, 30)};
        Map<SlideInfo, Double> widths = Map.of(
                info("finer", 2 * NATIVE), 64.0, info("uncalibrated", 0), 64.0, info("coarser", NATIVE / 4), 16.0);
        for (Map.Entry<SlideInfo, Double> entry : widths.entrySet()) {
            SlideInfo info = entry.getKey();
            dense().add(info.name(), new SlidePieces(info, server, List.of(drawings), NATIVE));
            assertEquals(entry.getValue(), mask(info.name() + "_x0_y0_z0_t0").getWidth(), info.name());
        }
    }

    @Test
    void regionsWithoutAnnotationsAreBackground() throws IOException {
        SlidePieces empty = slide("empty", drawing("Training", 0, 0, 64, 64), drawing("gland", 64, 0, 64, 64));
        SlidePieces full = slide("full", drawing("Training", 0, 0, 64, 64), drawing("gland", 0, 0, 9, 9));
        TrainingSet set = dense();

        assertFalse(set.hasClasses(empty));
        assertTrue(set.hasClasses(full));
        assertTrue(refusal(set, empty).contains("nothing to export"));
        assertTrue(refusal(set, slide("none", drawing("gland", 0, 0, 9, 9))).contains("nothing to export"));
        assertEquals(1, contents().size());
        assertEquals(1, set.add(1, full));
        assertEquals(1, set.add(2, empty));
        assertEquals(0, mask("empty_x0_y0_z0_t0").getSample(63, 63, 0));
    }

    @Test
    void nothingChangesWhereASlideCannotBeRead() throws IOException {
        Drawing gland = drawing("gland", 0, 0, SIDE, SIDE);
        dense().add(1, slide("a", drawing("Training", 0, 0, 64, 64), gland));
        Map<String, String> before = contents();
        server.broken = true;
        SlidePieces slide = slide(
                "a",
                drawing("Training", 0, 0, 70, 64),
                drawing("Validation", 1200, 0, 64, 64),
                drawing("stroma", 0, 0, 9, 9),
                gland);

        String message = refusal(dense(), slide);
        assertTrue(message.contains("the disk is gone") && message.contains("x=1200"), message);
        assertEquals(before, contents());
    }

    @Test
    void leavesOutWhatASparseSlideDoesNotStore() throws IOException {
        RegionReader half = request -> request.x() > 0 ? Optional.empty() : server.read(request);
        Drawing gland = drawing("gland", 0, 0, SIDE, SIDE);
        SlidePieces slide =
                new SlidePieces(info("a", NATIVE), half, List.of(drawing("Training", 0, 0, 2100, 64), gland), NATIVE);
        assertEquals(1, dense().add(1, slide));
        assertEquals(List.of("a_x0_y0_z0_t0"), names("images"));

        SlidePieces none =
                new SlidePieces(info("b", NATIVE), half, List.of(drawing("Training", 9, 0, 64, 64), gland), NATIVE);
        assertTrue(refusal(dense(), none).contains("no pixels"));
    }

    @Test
    void discardsASetButNoOtherFiles() throws IOException {
        dense().add(1, slide("a", drawing("Training", 0, 0, 64, 64), drawing("gland", 0, 0, 9, 9)));
        Files.writeString(folder.resolve("images/notes.md"), "mine");
        TrainingSet.discard(folder);

        assertEquals(
                List.of("", "images", "images/notes.md", "masks"),
                List.copyOf(contents().keySet()));
    }

    @Test
    void trainingsReadTheSetWithItsValidation() throws IOException {
        TrainingSet set = dense();
        for (String name : List.of("Präparat 1", "Präparat 2")) {
            set.add(
                    name,
                    slide(
                            name,
                            drawing("Training", 300, 300, 400, 400),
                            drawing("Validation", 300, 1300, 2100, 400),
                            drawing("gland", 300, 300, 2100, 1200),
                            drawing("vessel", 300, 300, 200, 1200),
                            drawing("Ignore*", 300, 300, 50, 50)));
        }
        Settings settings = Settings.training()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("validation", folder.resolve("validation.txt"))
                .with("output", folder.resolve("model"))
                .with("ignore_label", MaskCodes.IGNORED)
                .with("mask_type", "classes")
                .with("input_rule", "tile")
                .with("precision", "float32");
        TrainingProposal proposal = TransFuse.propose(settings);

        assertTrue(
                proposal.sentences().get(0).startsWith("2 images to train on and 4 to validate;"),
                proposal.sentences().toString());
        assertEquals("classes", proposal.settings().written(Keys.MASK_TYPE));
        // the model will ask for the size at which it learned
        assertEquals(NATIVE, proposal.settings().get(Keys.PIXEL_SIZE).orElse(0.0), 1e-6);
        assertEquals(12, TransFuse.augmentedSamples(settings).size());
        assertFalse(Files.exists(folder.resolve("model")));
    }
}
