package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
        last.setRoi(new Roi(1, 1, 9, 9));
        other.setRoi(new Roi(1, 1, 9, 9));
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
        assertEquals("same", OpenTitles.of(List.of(first)));
        for (ImagePlus wrong : List.of(second, list, file)) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> OpenTitles.of(List.of(wrong)))
                    .getMessage()
                    .contains("Rename"));
        }
        assertEquals(List.of(list), OpenTitles.open("a; b"), "a title is one, whatever is in it");
    }
}
