package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageConverter;
import io.github.transfuse.FakeNetworks;
import io.github.transfuse.batch.ObjectOutlines;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.UnclearRoisException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTrainingImagesTest {
    private static final int SIDE = 80;

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<ImagePlus> opened = new ArrayList<>();

    @BeforeEach
    void keepWindowsAway() {
        Interpreter.batchMode = true;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(ImagePlus::close);
        Interpreter.batchMode = false;
    }

    private ImagePlus open(String title, int planes) {
        ImageStack stack = new ImageStack(SIDE, SIDE);
        for (int i = 1; i <= planes; i++) {
            ByteProcessor plane = new ByteProcessor(SIDE, SIDE);
            plane.setValue(i);
            plane.fill();
            stack.addSlice(plane);
        }
        return open(new ImagePlus(title, stack));
    }

    private ImagePlus open(ImagePlus image) {
        image.show();
        opened.add(image);
        return image;
    }

    private Settings settings(String images, String masks) throws IOException {
        Settings asked = Settings.parse(Task.TRAIN, "")
                .with("images", images)
                .with("masks", masks)
                .with("output", folder.resolve("model"));
        return OpenTrainingImages.inFolders(asked, notes::add);
    }

    private static List<Path> files(String path) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(path))) {
            return files.sorted().toList();
        }
    }

    @Test
    void aStackAndItsLabelsBecomePairsOfPlanes() throws IOException {
        open("my stack.tif", 3);
        open("truth", 3);
        Settings found = settings("my stack.tif", "truth");
        List<Path> masks = files(found.written(Keys.MASKS));
        assertEquals(3, masks.size());
        assertEquals(
                masks.stream().map(Path::getFileName).toList(),
                files(found.written(Keys.IMAGES)).stream()
                        .map(Path::getFileName)
                        .toList());
        assertEquals("my-stack-plane0002.tif", masks.get(1).getFileName().toString());
        assertEquals(2, IJ.openImage(masks.get(1).toString()).getProcessor().get(7, 7));
    }

    @Test
    void anImageOfOnePlaneIsCutIntoQuarters() throws IOException {
        open("one", 1);
        ColorProcessor colors = new ColorProcessor(SIDE, SIDE);
        colors.setColor(0xff0000);
        colors.fillRect(SIDE / 2, 0, SIDE / 2, SIDE / 2);
        open(new ImagePlus("colours", colors));
        Settings found = settings("one", "colours");
        List<Path> masks = files(found.written(Keys.MASKS));
        assertEquals(4, masks.size());
        assertEquals(
                0xff0000,
                IJ.openImage(masks.get(1).toString()).getProcessor().getPixel(3, 3) & 0xffffff,
                "colours stay colours");
        assertTrue(notes.toString().contains("cut into 4 parts"), notes::toString);
    }

    @Test
    void aPictureWhoseColoursAreInATableIsLearnedInThem() throws IOException {
        ColorProcessor pixels = new ColorProcessor(SIDE, SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            pixels.set(i, 0x10000 * (i % 251) + 0x100 * (i % 127) + i % 43);
        }
        ImagePlus image = new ImagePlus("few", pixels);
        new ImageConverter(image).convertRGBtoIndexedColor(256);
        open(image);
        open("labels", 1);
        Path first = files(settings("few", "labels").written(Keys.IMAGES)).get(0);
        ImagePlus written = IJ.openImage(first.toString());
        assertEquals(ImagePlus.COLOR_RGB, written.getType());
        assertEquals(
                image.getProcessor().convertToRGB().get(9, 7) & 0xffffff,
                written.getProcessor().get(9, 7) & 0xffffff);
        assertTrue(notes.toString().contains("'few' are in a table"), notes::toString);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedWithTheWayOut() throws IOException {
        open("cells", 2);
        open("truth", 2);
        Files.writeString(folder.resolve("model"), "a file");
        String message = assertThrows(IOException.class, () -> settings("cells", "truth"))
                .getMessage();
        assertTrue(message.contains("Choose another output folder"), message);
    }

    @Test
    void oneTitleForBothMeansTheRois() throws IOException {
        ImagePlus image = open("cells", 2);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> settings("cells", "cells"))
                .getMessage()
                .contains("has no ROI"));
        Roi roi = new Roi(10, 10, 20, 20);
        roi.setName("nucleus");
        image.setRoi(roi);
        Settings found = settings(Integer.toString(image.getID()), "cells");
        ImagePlus mask = IJ.openImage(files(found.written(Keys.MASKS)).get(0).toString());
        assertEquals(1, mask.getProcessor().get(15, 15));
        assertEquals(0, mask.getProcessor().get(35, 35));
        assertTrue(notes.toString().contains("nucleus"), notes::toString);
        assertEquals(roi, image.getRoi(), "the selection is as it was");
    }

    /** Two that touch, a ring, and one in two parts. */
    private static int[][] labels() {
        int[][] labels = new int[SIDE][SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean ring = x >= 50 && x < 70 && y >= 10 && y < 30 && !(x >= 55 && x < 62 && y >= 15 && y < 22);
                boolean parts = y >= 50 && y < 60 && x >= 10 && x < 70 && x % 20 < 10;
                labels[y][x] =
                        x >= 5 && x < 15 && y < 20 ? 63 : x >= 15 && x < 40 && y < 25 ? 2 : ring ? 7 : parts ? 9 : 0;
            }
        }
        return labels;
    }

    private static Img<IntType> labelImage() {
        var image = ArrayImgs.ints(SIDE, SIDE);
        int[][] labels = labels();
        var cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.next().set(labels[cursor.getIntPosition(1)][cursor.getIntPosition(0)]);
        }
        return image;
    }

    private void assertLabels(Settings found) throws IOException {
        assertEquals("instances", found.written(Keys.MASK_TYPE));
        ImagePlus mask = IJ.openImage(files(found.written(Keys.MASKS)).get(1).toString());
        int[][] labels = labels();
        for (int i = 0; i < SIDE * SIDE; i++) {
            assertEquals(labels[i / SIDE][i % SIDE], mask.getProcessor().get(i % SIDE, i / SIDE), "pixel " + i);
        }
    }

    @Test
    void anOverlayOfASegmentationBecomesItsObjectsAgain() throws IOException {
        ImagePlus image = open("cells", 2);
        var both = Views.stack(labelImage(), labelImage());
        LabelOverlay.draw(both, LabelStack.colors(), image, List.of());
        assertLabels(settings("cells", "cells"));
        assertTrue(notes.toString().contains("Each ROI is an object."), notes::toString);
        assertTrue(Files.notExists(folder.resolve("model/training-data/classes.txt")));
    }

    @Test
    void anOverlayOfAClassMapBecomesItsClassesAgain() throws IOException {
        ImagePlus image = open("cells", 1);
        List<String> classes =
                IntStream.rangeClosed(1, 63).mapToObj(i -> "class " + i).toList();
        LabelOverlay.draw(labelImage(), LabelStack.colors(), image, classes);
        RoiMasks.Drawn drawn = RoiMasks.Drawn.of(image);
        ImagePlus mask = RoiMasks.ofKnown(drawn, classes).draw(drawn, notes::add);
        int[][] labels = labels();
        for (int i = 0; i < SIDE * SIDE; i++) {
            assertEquals(labels[i / SIDE][i % SIDE], mask.getProcessor().get(i % SIDE, i / SIDE), "pixel " + i);
        }
        assertEquals(
                List.of("class 2", "class 63", "class 7", "class 9"),
                RoiMasks.of(List.of(drawn), Optional.empty()).classes());
    }

    @Test
    void roisOfLabelsBecomeTheirObjectsAgain() throws IOException {
        ImagePlus image = open("cells", 2);
        var both = Views.stack(labelImage(), labelImage());
        ObjectOutlines outlines =
                new ObjectOutlines(both, 2, label -> "nucleus " + label, label -> 1, label -> 0xff0000);
        RoiOutput.addToOverlay(RoiOutput.rois(outlines, image), image);
        assertLabels(settings("cells", "overlay"));
    }

    @Test
    void unclearRoisAreRefusedBeforeAnythingIsWrittenAndMaskTypeDecides() throws IOException {
        ImagePlus image = open("cells", 2);
        Overlay overlay = new Overlay();
        for (String name : List.of("alice", "bob")) {
            Roi roi = new Roi(10 + 20 * overlay.size(), 10, 20, 20);
            roi.setName(name);
            overlay.add(roi);
        }
        image.setOverlay(overlay);
        assertThrows(UnclearRoisException.class, () -> settings("cells", "cells"));
        assertTrue(Files.notExists(folder.resolve("model")));
        Settings asked =
                Settings.parse(Task.TRAIN, "images=cells masks=cells output=[" + folder.resolve("model") + "]");
        Settings classes = OpenTrainingImages.inFolders(asked.with(Keys.MASK_TYPE, "classes"), notes::add);
        assertEquals(
                List.of("1\talice\t0xff5050", "2\tbob\t0x50c050"),
                Files.readAllLines(folder.resolve("model/training-data/classes.txt")));
        assertEquals("classes", classes.written(Keys.MASK_TYPE));
        Settings objects = OpenTrainingImages.inFolders(asked.with(Keys.MASK_TYPE, "instances"), notes::add);
        assertEquals("instances", objects.written(Keys.MASK_TYPE));
        assertTrue(
                Files.notExists(folder.resolve("model/training-data/classes.txt")),
                "an earlier list is no longer true");
        Settings resumed = OpenTrainingImages.inFolders(asked.with(Keys.RESUME, true), notes::add);
        assertEquals("instances", resumed.written(Keys.MASK_TYPE), "as it began");
    }

    @Test
    void roisInTheManagerAndInTheOverlayAreNotMixed() {
        ImagePlus image = open("cells", 1);
        image.setOverlay(new Overlay(new Roi(1, 1, 5, 5)));
        List<Roi> managed = List.of(new Roi(10, 10, 5, 5), new Roi(20, 20, 5, 5), new Line(1, 1, 9, 9));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> RoiSource.truth(image, managed, Optional.empty()))
                .getMessage();
        assertTrue(message.contains("(2)") && message.contains("(1)") && message.contains("masks=manager"), message);
        assertEquals(
                2,
                RoiSource.truth(image, managed, Optional.of("manager")).rois().size());
        assertEquals(
                1,
                RoiSource.truth(image, managed, Optional.of("overlay")).rois().size());
        List<Roi> same = List.of(new Roi(1, 1, 5, 5));
        assertEquals(1, RoiSource.truth(image, same, Optional.empty()).rois().size());
        image.setOverlay(null);
        assertEquals(2, RoiSource.truth(image, managed, Optional.empty()).rois().size());
        assertThrows(IllegalArgumentException.class, () -> RoiSource.truth(image, List.of(), Optional.of("manager")));
    }

    private Settings evaluating(OutputSpec.Kind kind, int channels, String options) throws IOException {
        Settings asked = Settings.parse(
                Task.EVALUATE, "images=cells masks=cells output=[" + folder.resolve("out") + "] " + options);
        return OpenTrainingImages.forEvaluating(
                asked,
                FakeNetworks.model(InputSpec.Rule.TILE, channels, kind, Optional.empty())
                        .spec(),
                notes::add);
    }

    @Test
    void evaluatingTakesRoisForWhatTheModelFinds() throws IOException {
        ImagePlus image = open("cells", 1);
        Roi one = new Roi(10, 10, 20, 20);
        Roi two = new Roi(30, 10, 20, 20);
        image.setOverlay(new Overlay(one));
        image.getOverlay().add(two);
        Settings objects = evaluating(OutputSpec.Kind.INSTANCES, 1, "");
        assertEquals("instances", objects.written(Keys.MASK_TYPE));
        List<Path> masks = files(objects.written(Keys.MASKS));
        assertEquals(1, masks.size(), "an image to evaluate on is not cut");
        assertEquals(2, IJ.openImage(masks.get(0).toString()).getProcessor().get(35, 15));
        Settings binary = evaluating(OutputSpec.Kind.CLASSES, 1, "");
        assertEquals("binary", binary.written(Keys.MASK_TYPE));
        assertEquals(
                1,
                IJ.openImage(files(binary.written(Keys.MASKS)).get(0).toString())
                        .getProcessor()
                        .get(35, 15));
        assertThrows(IOException.class, () -> evaluating(OutputSpec.Kind.CLASSES, 3, ""), "no class of the model");
        one.setName("class1");
        two.setName("Class0");
        Settings classes = evaluating(OutputSpec.Kind.CLASSES, 3, "");
        assertEquals("classes", classes.written(Keys.MASK_TYPE));
        ImagePlus mask = IJ.openImage(files(classes.written(Keys.MASKS)).get(0).toString());
        assertEquals(2, mask.getProcessor().get(15, 15));
        assertEquals(1, mask.getProcessor().get(35, 15));
        assertEquals(
                "instances",
                evaluating(OutputSpec.Kind.CLASSES, 3, "mask_type=instances").written(Keys.MASK_TYPE));
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
        open("three", 3);
        open("two", 2);
        String sizes = assertThrows(IllegalArgumentException.class, () -> settings("three", "two"))
                .getMessage();
        assertTrue(sizes.contains("3 slice(s)") && sizes.contains("2 slice(s)"), sizes);
        String one = assertThrows(IllegalArgumentException.class, () -> settings("three", folder.toString()))
                .getMessage();
        assertTrue(one.contains("two folders, or the titles"), one);
        assertTrue(Files.notExists(folder.resolve("model")));
        assertEquals(
                folder.toString(),
                settings(folder.toString(), folder.toString()).written(Keys.MASKS),
                "folders stay");
    }

    @Test
    void severalImagesBecomePairsOfTheirNames() throws IOException {
        List<ImagePlus> images = List.of(open("a.tif", 1), open("a.png", 1), open("stack", 2));
        List<ImagePlus> labels = List.of(open("a-labels", 1), open("b", 1), open("c", 2));
        Settings found = settings(OpenTitles.of(images), OpenTitles.of(labels));
        List<String> expected = List.of("a-2.tif", "a.tif", "stack-plane0001.tif", "stack-plane0002.tif");
        for (SettingKey<?> part : List.of(Keys.IMAGES, Keys.MASKS)) {
            assertEquals(
                    expected,
                    files(found.written(part)).stream()
                            .map(file -> file.getFileName().toString())
                            .toList());
        }
        assertEquals(List.of(), notes, "none is cut");
    }

    @Test
    void aSecondTrainingDoesNotLearnTheImagesOfTheFirst() throws IOException {
        open("first", 3);
        open("truth", 3);
        settings("first", "truth");
        open("second", 1);
        ImagePlus other = open("other", 1);
        ImagePlus last = open("last", 1);
        for (ImagePlus image : List.of(last, other)) {
            image.setRoi(new Roi(1, 1, 9, 9));
            image.getRoi().setName("tumour");
        }
        Settings drawn = settings("last; other", "last; other");
        assertTrue(Files.exists(folder.resolve("model/training-data/classes.txt")));
        assertEquals(2, files(drawn.written(Keys.MASKS)).size());
        Settings found = settings("second; last", "other; other");
        assertEquals(2, files(found.written(Keys.IMAGES)).size());
        assertTrue(Files.notExists(folder.resolve("model/training-data/classes.txt")), "names of ROIs are no others'");
    }

    @Test
    void filesOfOthersAreNeitherLearnedNorDeleted() throws IOException {
        open("one", 1);
        open("truth", 1);
        Path others = Files.createDirectories(folder.resolve("model/training-data/images"))
                .resolve("mine.tif");
        Files.createFile(others);
        String told = assertThrows(IllegalArgumentException.class, () -> settings("one", "truth"))
                .getMessage();
        assertTrue(told.contains("not from here"), told);
        assertTrue(Files.exists(others));
    }

    @Test
    void listsThatDoNotMatchAreRefused() {
        ImagePlus image = open("image", 1);
        image.setRoi(new Roi(1, 1, 9, 9));
        open("labels", 1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> settings("image; labels", "labels"))
                .getMessage()
                .contains("of as many of each"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> settings("image; gone", "labels; labels"))
                .getMessage()
                .contains("Not open: 'gone'"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> settings("image; labels", "image; image"))
                .getMessage()
                .contains("one kind at a time"));
    }

    @Test
    void aTitleThatWouldMeanAnotherImageIsRefused() {
        ImagePlus first = open("same", 1);
        ImagePlus second = open("same", 1);
        ImagePlus list = open("a; b", 1);
        ImagePlus file = open("pom.xml", 1);
        for (ImagePlus wrong : List.of(first, second, list, file)) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> OpenTitles.of(List.of(wrong)))
                    .getMessage()
                    .contains("Rename"));
        }
        assertEquals(List.of(list), OpenTitles.open("a; b"), "a title is one, whatever is in it");
    }
}
