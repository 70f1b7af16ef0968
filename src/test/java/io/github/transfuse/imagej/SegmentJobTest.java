package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.macro.Interpreter;
import ij.process.ImageConverter;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selections, several images and titles, with images that are open as in a macro in batch mode. */
class SegmentJobTest {
    @TempDir
    static Path folder;

    private static Samples samples;

    @BeforeAll
    static void write() throws IOException {
        samples = Samples.write(folder);
    }

    @BeforeEach
    void open() {
        Interpreter.batchMode = true;
    }

    @AfterEach
    void forget() {
        int[] ids = WindowManager.getIDList();
        for (int id : ids == null ? new int[0] : ids) {
            WindowManager.getImage(id).close();
        }
        WindowManager.setTempCurrentImage(null);
        Interpreter.batchMode = false;
    }

    private static ImagePlus image(int index) {
        ImagePlus image = IJ.openImage(samples.path(Samples.NAMES.get(index)).toString());
        image.show();
        return image;
    }

    private static SegmentJob.Results run(Settings settings, ImagePlus image) throws IOException {
        return SegmentJob.run(settings, Optional.of(image));
    }

    private static Settings settings() {
        return Settings.parse(samples.settings());
    }

    private static byte[] pixels(ImagePlus labels) {
        return ((byte[]) labels.getProcessor().getPixels()).clone();
    }

    @Test
    void theSelectionCutsTheLabelsOfTheWholeImage() throws IOException {
        ImagePlus image = image(0);
        byte[] whole = pixels(run(settings(), image).labels());
        for (Roi selection : List.of(
                new OvalRoi(20, 10, 40, 51),
                new Roi(-20, 30, 50, 400),
                new PolygonRoi(new int[] {60, 88, 70, 11}, new int[] {2, 60, 69, 30}, 4, Roi.POLYGON))) {
            image.setRoi(selection);
            ImagePlus labels = run(settings(), image).labels();
            byte[] expected = whole.clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = selection.contains(i % 90, i / 90) ? expected[i] : 0;
            }
            assertArrayEquals(expected, pixels(labels));
            assertTrue(labels.getProp(ResultWriter.PROPERTY).contains("Segmented only the selection ("));
            assertSame(selection, image.getRoi());
            assertArrayEquals(
                    whole,
                    pixels(run(settings().with(Keys.SELECTION, false), image).labels()));
        }
    }

    @Test
    void theLabelsShowThePlaneThatTheUserLooksAt() throws IOException {
        ImagePlus plane = image(0);
        ImageStack stack = new ImageStack();
        for (int i = 0; i < 6; i++) {
            stack.addSlice(plane.getProcessor());
        }
        ImagePlus image = new ImagePlus("planes", stack);
        image.setDimensions(1, 3, 2);
        image.setOpenAsHyperStack(true);
        image.setPosition(1, 2, 2);
        ImagePlus labels = run(settings(), image).labels();
        assertEquals(List.of(2, 2), List.of(labels.getZ(), labels.getT()));
        assertEquals(5, labels.getCurrentSlice());
    }

    @Test
    void selectionsWithoutAnAreaOfTheImageAreRefused() {
        ImagePlus image = image(0);
        for (Roi selection : List.of(new PointRoi(5, 5), new Line(1, 2, 30, 40), new Roi(90, 0, 9, 9))) {
            image.setRoi(selection);
            String message = assertThrows(IllegalArgumentException.class, () -> run(settings(), image))
                    .getMessage();
            for (String part : List.of("one.png", "Select None", "selection=false")) {
                assertTrue(message.contains(part), message);
            }
            assertEquals(message, SelectionLimit.told(image, settings()));
        }
        image.setRoi(new PointRoi(new int[] {1, 2}, new int[] {3, 4}, 2));
        assertTrue(SelectionLimit.told(image, settings()).contains("a set of points"));
        // its frame is an area, but nobody means that
        image.setRoi(new TextRoi(3, 4, 40, 20, "note", new Font(Font.SANS_SERIF, Font.PLAIN, 12)));
        assertTrue(SelectionLimit.told(image, settings()).contains("a text, which has no area"));
    }

    /** As the command line reads it; ImageJ opens it as numbers of colours. */
    @Test
    void aPictureWhoseColoursAreInATableIsSeenInThem() throws IOException {
        ImagePlus image = image(0);
        new ImageConverter(image).convertRGBtoIndexedColor(256);
        ImagePlus shown = new ImagePlus("shown.png", image.getProcessor().convertToRGB());
        byte[] expected = pixels(run(settings(), shown).labels());
        SegmentJob.Results results = run(settings(), image);
        assertArrayEquals(expected, pixels(results.labels()));
        assertTrue(results.labels().getProp(ResultWriter.PROPERTY).contains("in a table: they are used"));
        String file = folder.resolve("few.gif").toString();
        IJ.saveAs(image, "gif", file);
        shown = new ImagePlus("shown.png", IJ.openImage(file).getProcessor().convertToRGB());
        assertArrayEquals(
                pixels(run(settings(), shown).labels()),
                pixels(SegmentJob.run(settings().with(Keys.INPUT, file), Optional.empty())
                        .labels()));
    }

    @Test
    void theDialogTellsWhatTheSelectionDoes() {
        ImagePlus image = image(0);
        assertEquals("", SelectionLimit.told(image, settings()));
        image.setRoi(new Roi(80, 3, 40, 20));
        assertEquals("Only the selection is segmented: 10 x 20 pixels.", SelectionLimit.told(image, settings()));
        assertTrue(SelectionLimit.told(image, settings().with(Keys.SELECTION, false))
                .contains("whole image"));
        image.setRoi(new Roi(0, 0, 90, 70));
        assertEquals("", SelectionLimit.told(image, settings()));
    }

    @Test
    void aSelectionThatWasSavedWithAFileIsNotUsed() throws IOException {
        ImagePlus image = image(0);
        byte[] whole = pixels(run(settings(), image).labels());
        image.setRoi(new Roi(0, 0, 9, 9));
        String file = folder.resolve("selected.tif").toString();
        IJ.saveAsTiff(image, file);
        ImagePlus labels = SegmentJob.run(settings().with(Keys.INPUT, file), Optional.empty())
                .labels();
        assertArrayEquals(whole, pixels(labels));
    }

    @Test
    void aSecondRunHasATitleOfItsOwnAndTheLabelsAreActive() throws IOException {
        ImagePlus image = image(0);
        Settings more = settings().with(Keys.PROBABILITIES, true).with(Keys.OVERLAY, true);
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            WindowManager.setTempCurrentImage(image);
            SegmentJob.Results results = run(more, image);
            Registration.show(results.images());
            assertSame(results.labels(), WindowManager.getCurrentImage());
            titles.add(results.labels().getTitle());
            titles.add(results.probabilities().orElseThrow().getTitle());
        }
        assertEquals(
                List.of(
                        "one-labels",
                        "one-probabilities",
                        "one-labels-1",
                        "one-probabilities-1",
                        "one-labels-2",
                        "one-probabilities-2"),
                titles);
    }

    @Test
    void allOpenImagesAreSegmentedEachAsAloneButNoResults() throws IOException {
        ImagePlus first = image(0);
        ImagePlus second = image(1);
        second.setRoi(new Roi(10, 10, 30, 30));
        byte[] ofFirst = pixels(run(settings(), first).labels());
        byte[] ofSecond = pixels(run(settings(), second).labels());
        run(settings(), first).labels().show();
        List<ImagePlus> labels = new ArrayList<>();
        SegmentJob.runAll(settings(), InputImages.all(), results -> labels.add(results.labels()));
        assertEquals(2, labels.size());
        assertArrayEquals(ofFirst, pixels(labels.get(0)));
        assertArrayEquals(ofSecond, pixels(labels.get(1)));
        assertEquals("two three-labels", labels.get(1).getTitle());
    }

    @Test
    void anImageThatFailsDoesNotStopTheOthers() {
        image(0).setRoi(new PointRoi(4, 4));
        image(1);
        List<String> titles = new ArrayList<>();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> SegmentJob.runAll(
                                settings(),
                                InputImages.all(),
                                results -> titles.add(results.labels().getTitle())))
                .getMessage();
        assertEquals(List.of("two three-labels"), titles);
        assertTrue(message.startsWith("1 of 2 images") && message.contains("'one.png'"), message);
    }

    @Test
    void filesOfAllImagesMustHaveTheirOwnNamesAndOneIsNamedOrAll() {
        ImagePlus first = image(0);
        image(1).setTitle("one.tif");
        Path output = folder.resolve("all");
        Settings files = settings().with(Keys.OUTPUT, output);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> SegmentJob.runAll(files, InputImages.all(), results -> {}))
                .getMessage();
        assertTrue(message.contains("'one'"), message);
        assertFalse(output.toFile().exists());
        Settings both = settings().with(Keys.INPUT, "one.png");
        assertThrows(SettingException.class, () -> SegmentJob.runAll(both, InputImages.all(), results -> {}));
        assertThrows(SettingException.class, () -> run(settings().with(Keys.ALL_IMAGES, true), first));
        assertThrows(IllegalArgumentException.class, () -> SegmentJob.runAll(settings(), List.of(), results -> {}));
    }

    @Test
    void partsOfAnImageAreNotRemembered() {
        DialogMemory memory = DialogMemory.ofSegmenting();
        memory.keep(Settings.parse("model=nuclei slices=2 frames=3 selection=false all_images output=x"));
        assertEquals("model=nuclei", memory.recall(Settings.segmenting()).toString());
        memory.keep(Settings.segmenting());
    }
}
