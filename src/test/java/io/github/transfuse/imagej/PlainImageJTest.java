package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code macros}, run by ImageJ 1.54p in a process of its own, give the pixels of the facade. */
class PlainImageJTest {
    private static final Path MACROS = Path.of("macros").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Samples samples;
    private static PlainImageJ imagej;

    @BeforeAll
    static void install() throws IOException {
        samples = Samples.write(folder);
        imagej = PlainImageJ.install(folder.resolve("home"));
    }

    @AfterAll
    static void uninstall() throws IOException {
        imagej.uninstall();
    }

    @Test
    void headlessMacroSegmentsAFolder() throws IOException {
        Path output = folder.resolve("headless");
        PlainImageJ.Outcome outcome = imagej.runHeadless(
                MACROS.resolve("segment_headless.ijm"),
                samples.settings() + " input=[" + samples.images() + "] output=[" + output + "]");
        for (String name : Samples.NAMES) {
            Path labels = output.resolve(Samples.stem(name) + "-labels.tif");
            assertTrue(outcome.output().contains(labels.toString()), outcome.output());
            samples.assertSameAsFacade(name, IJ.openImage(labels.toString()));
            assertTrue(Files.exists(output.resolve(Samples.stem(name) + "-labels.json")));
        }
    }

    @Test
    void headlessMacroSegmentsTheNiftiVolumesOfAFolder() throws IOException {
        Path volumes = Files.createDirectories(folder.resolve("nifti volumes"));
        Samples.writeVolume(volumes.resolve("a.nii.gz"), 1);
        Samples.writeVolume(volumes.resolve("b.nii.gz"), 5);
        Files.writeString(volumes.resolve("notes.txt"), "not a volume");
        Path output = folder.resolve("labelled");
        PlainImageJ.Outcome outcome = imagej.runHeadless(
                MACROS.resolve("segment_volumes.ijm"),
                samples.settings() + " input=[" + volumes + "] output=[" + output + "]");
        for (String stem : List.of("a", "b")) {
            Path file = output.resolve(stem + "-labels.nii.gz");
            assertTrue(outcome.output().contains("labels: " + file), outcome.output());
            CalibratedImage labels = ImageFiles.read(file);
            assertEquals(20, labels.placement().orElseThrow().affine().get(3));
            long voxels = 0;
            for (RealType<?> label : Views.flatIterable(labels.pixels())) {
                voxels += label.getRealDouble() > 0 ? 1 : 0;
            }
            String volume = String.format(Locale.ROOT, "  thing: %.6g mm^3\n", voxels * 2.5);
            assertTrue(voxels > 0 && outcome.output().contains(volume), volume + outcome.output());
        }
    }

    @Test
    void headlessMacroStopsWithAMessageWhenTheOptionsAreWrong() throws IOException {
        Path macro = folder.resolve("wrong.ijm");
        Files.writeString(
                macro,
                """
                call("io.github.transfuse.imagej.MacroApi.segment", "input=[/nowhere/x.png] output=[%s] threshold=abc");
                print("went on");
                """
                        .formatted(folder));
        PlainImageJ.Outcome outcome = imagej.runHeadless(macro, "");
        assertTrue(outcome.output().contains("threshold = 'abc' is not allowed"), outcome.output());
        assertFalse(outcome.output().contains("went on"), outcome.output());
    }

    @Test
    void commandsInWindowsGiveTheSamePixels() throws IOException {
        assumeTrue(VirtualDisplay.available(), "Xvfb is not on the PATH: no plugin command of ImageJ runs without it.");
        Path output = Files.createDirectories(folder.resolve("windows"));
        Path macro = folder.resolve("windows.ijm");
        Files.writeString(macro, script(output));
        PlainImageJ.Outcome outcome;
        try (VirtualDisplay display = VirtualDisplay.start()) {
            // ImageJ reads the text of macros byte by byte as Latin 1: a folder of any name is an argument
            outcome = imagej.runWithWindows(display, macro, MACROS.toString());
        }
        assertTrue(Files.exists(output.resolve("log.txt")), outcome::output);
        String log = Files.readString(output.resolve("log.txt"));
        for (String name : Samples.NAMES) {
            assertTrue(log.contains("folder: " + Samples.stem(name) + "-labels"), log);
            samples.assertSameAsFacade(
                    name,
                    IJ.openImage(
                            output.resolve(Samples.stem(name) + "-labels.tif").toString()));
        }
        assertTrue(log.contains("left open: 1 mine: 1"), log);
        assertTrue(log.contains("thing  Dice "), log);
        assertTrue(Files.readString(output.resolve("report/report.html")).contains("two three"), log);
        assertTrue(log.contains("epoch 1/1  loss"), log);
        assertTrue(Files.exists(output.resolve("model/curves.png")), log);
        assertTrue(Files.exists(output.resolve("model/weights.safetensors")), log);
        ImagePlus stack = IJ.openImage(output.resolve("shown.tif").toString());
        samples.assertSameAsFacade(Samples.STACK, stack);
        assertEquals(0.25, stack.getCalibration().pixelWidth);
        assertEquals("micron", stack.getCalibration().getUnit());
        assertEquals("first", stack.getStack().getSliceLabel(1));
        assertTrue(stack.getProp("TransFuse").contains("model_sha256"), stack.getProp("TransFuse"));
        assertEquals(0xff8000, stack.getProcessor().getLut().getRGB(1) & 0xffffff);
        assertTrue(log.matches("(?s).*outlines: [1-9]\\d* selection: 0 images: 2\n.*"), log);
        assertTrue(log.contains("objects: 1 voxels: " + foreground(stack) + " results: 0\n"), log);
    }

    private static long foreground(ImagePlus labels) {
        long count = 0;
        for (int slice = 1; slice <= labels.getStackSize(); slice++) {
            for (byte label : (byte[]) labels.getStack().getPixels(slice)) {
                count += label == 0 ? 0 : 1;
            }
        }
        return count;
    }

    /** Runs the examples one after the other, as a user would, and notes what only ImageJ itself can tell. */
    private static String script(Path output) throws IOException {
        String settings = samples.settings();
        return String.join(
                        "\n",
                        List.of(
                                "setBatchMode(false);",
                                "macros = getArgument();",
                                "runMacro(macros + '/segment_image.ijm', 'input=[%s] output=[%s] %s');"
                                        .formatted(samples.path(Samples.NAMES.get(0)), output, settings),
                                "close('*');",
                                // An image of the user's own, of the same title as one of the folder
                                "open('%s');".formatted(samples.path(Samples.NAMES.get(0))),
                                "mine = getImageID();",
                                "runMacro(macros + '/segment_folder.ijm', 'input=[%s] output=[%s] %s probabilities');"
                                        .formatted(samples.images(), output, settings),
                                "print('left open: ' + nImages + ' mine: ' + isOpen(mine));",
                                "close('*');",
                                "open('%s');".formatted(samples.path(Samples.STACK)),
                                "original = getTitle();",
                                "makeRectangle(3, 4, 5, 6);",
                                "runMacro(macros + '/segment_stack.ijm', '%s overlay table selection=false');"
                                        .formatted(settings),
                                "saveAs('tiff', '%s/shown.tif');".formatted(output),
                                "images = nImages;",
                                "print('objects: ' + Table.size('TransFuse objects') + ' voxels: '"
                                        + " + Table.get('voxels', 0, 'TransFuse objects') + ' results: ' + nResults);",
                                "selectImage(original);",
                                "print('outlines: ' + Overlay.size + ' selection: ' + selectionType() + ' images: ' + images);",
                                "runMacro(macros + '/train.ijm', '%s output=[%s/model] epochs=1 batch_size=2 input_size=64x64');"
                                        .formatted(samples.trainingData(), output),
                                "runMacro(macros + '/evaluate.ijm', '%s output=[%s/report] %s');"
                                        .formatted(samples.truth(), output, settings),
                                "File.saveString(getInfo('log'), '%s/log.txt');".formatted(output),
                                "call('java.lang.System.exit', '0');"))
                .replace('\'', '"');
    }
}
