package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with the dialog for training in plain ImageJ 1.54p, from open images and from folders. */
class TrainDialogTest {
    @TempDir
    static Path folder;

    private static PlainImageJ imagej;
    private static String output;

    @BeforeAll
    static void play() throws IOException {
        assumeTrue(VirtualDisplay.available(), "No Xvfb on the PATH: a dialog needs a display.");
        Settings training = Settings.parse(Task.TRAIN, Samples.write(folder).trainingData());
        imagej = PlainImageJ.install(folder.resolve("home"));
        try (VirtualDisplay display = VirtualDisplay.start()) {
            output = imagej.runWithWindows(
                            display,
                            TrainDialogProbe.class,
                            training.written(Keys.IMAGES),
                            training.written(Keys.MASKS),
                            folder.toString())
                    .output();
        }
    }

    @AfterAll
    static void uninstall() throws IOException {
        if (imagej != null) {
            imagej.uninstall();
        }
    }

    private static String line(String start) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(start) + "(.*)$").matcher(output);
        assertTrue(line.find(), output);
        return line.group(1);
    }

    private static Settings recorded() {
        Matcher line = Pattern.compile("run\\(\"TransFuse Train\\.\\.\\.\", \"(.*)\"\\);")
                .matcher(line("recorded: "));
        assertTrue(line.find(), output);
        return Settings.parse(Task.TRAIN, line.group(1));
    }

    @Test
    void withoutOpenImagesFoldersAreAskedForAndNothingStartsWithoutThem() {
        assertEquals("1", line("folders first: "));
        assertTrue(line("refused: ").contains("Choose the folder of images and the folder of masks."), output);
    }

    /** The start is the nearest model of the plugin, which sees whole pictures of 192 x 192. */
    @Test
    void whatIsChosenForTheImagesIsSaidBeforeItHappens() {
        String proposed = line("proposed for folders: ");
        assertTrue(proposed.contains("Input size 192x192"), proposed);
        assertTrue(proposed.contains("Channels 1,2,3"), proposed);
        assertTrue(proposed.contains("to train on and"), proposed);
        Matcher size = Pattern.compile("(\\d+) x (\\d+)").matcher(line("samples: "));
        assertTrue(size.find() && Integer.parseInt(size.group(1)) > 4 * 90, output);
        assertTrue(Integer.parseInt(size.group(2)) > 3 * 90, output);
    }

    @Test
    void openImagesAreListedWithTheirLabelsWhichMeanObjects() {
        assertEquals(
                "[true one.tif one-labels.tif 3 objects, true two.tif two-labels.tif 3 objects,"
                        + " false other choose ... ]",
                line("rows: "));
        assertEquals("Objects: every number is one object", line("masks show: "));
        assertEquals("Automatic", line("start: "));
        assertTrue(line("proposed for open images: ").contains("masks: instances"), output);
    }

    @Test
    void aTrialShowsWhatWasLearnedAndKeepsNothing() {
        assertTrue(line("tried: ").contains("Dice"), output);
        assertEquals("false", line("kept of the trial: "));
    }

    @Test
    void theRecordedLineNamesWhatWasChosenAndNothingElse() {
        assertEquals(
                Map.of(
                        "images", "one.tif; two.tif",
                        "masks", "one-labels.tif; two-labels.tif",
                        "mask_type", "instances",
                        "epochs", "1",
                        "input_rule", "resize",
                        "input_size", "64x64",
                        "output", folder.resolve("trained").toString()),
                recorded().given());
    }

    @Test
    void theRecordedLineMakesTheSameModel() throws IOException {
        Path first = folder.resolve("first.safetensors");
        assertTrue(Files.exists(first), output);
        assertEquals(-1, Files.mismatch(first, folder.resolve("second.safetensors")));
    }

    @Test
    void theNewModelIsOfferedForTheActiveImage() {
        assertTrue(line("segment: ").startsWith("trained: trained"), output);
        assertTrue(line("segment: ").contains("one.tif: 64 x 64"), output);
    }

    @Test
    void whatWasChosenIsThereTheNextTime() {
        assertEquals("1", line("remembered: epochs "));
    }
}
