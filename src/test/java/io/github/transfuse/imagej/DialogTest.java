package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user does with the dialog in plain ImageJ 1.54p: fill it in, record it, cancel with Esc. */
class DialogTest {
    /** Generous for a busy machine: the run itself would take minutes. */
    private static final long SOON_MS = 10_000;

    @TempDir
    static Path folder;

    private static Samples samples;
    private static PlainImageJ imagej;
    private static String output;

    @BeforeAll
    static void play() throws IOException {
        assumeTrue(VirtualDisplay.available(), "No Xvfb on the PATH: a dialog needs a display.");
        samples = Samples.write(folder);
        imagej = PlainImageJ.install(folder.resolve("home"));
        Settings settings = Settings.parse(samples.settings());
        try (VirtualDisplay display = VirtualDisplay.start()) {
            output = imagej.runWithWindows(
                            display,
                            DialogProbe.class,
                            settings.written(Keys.MODEL),
                            settings.written(Keys.THRESHOLD),
                            samples.path(Samples.STACK).toString(),
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

    @Test
    void noModelIsChosenUntilTheUserDoesAndThePreviewLeavesNothingBehind() {
        assertTrue(output.contains("first: Choose what to segment ..., threshold auto"), output);
        assertTrue(output.contains("chosen: nuclei: Cell nuclei"), output);
        assertTrue(output.contains("preview: "), output);
    }

    @Test
    void itsButtonsCanBeReachedHoweverManyRowsThereAre() {
        assertTrue(output.contains("within the screen: true, scrolls: true"), output);
        assertTrue(output.contains("folded: true"), output);
        assertEquals(500, ScreenFit.height(500, 900, 900));
        assertEquals(460, ScreenFit.height(500, 940, 900));
        assertEquals(60, ScreenFit.height(500, 2000, 900));
        assertEquals(20, ScreenFit.height(20, 2000, 900));
    }

    @Test
    void theDialogRemembersWhatWasChosen() {
        String threshold = Settings.parse(samples.settings()).written(Keys.THRESHOLD);
        assertTrue(output.contains("shown: auto"), output);
        assertTrue(output.contains("shown: " + threshold), output);
    }

    @Test
    void theDialogGivesThePixelsOfTheFacade() throws IOException {
        assertTrue(Files.exists(folder.resolve("dialog.tif")), output);
        samples.assertSameAsFacade(
                Samples.STACK, IJ.openImage(folder.resolve("dialog.tif").toString()));
    }

    @Test
    void theRecordedLineNamesWhatWasTypedAndNothingElse() {
        Settings settings = Settings.parse(samples.settings());
        Matcher line = Pattern.compile("recorded: run\\(\"TransFuse Segment\\.\\.\\.\", \"(.*)\"\\);")
                .matcher(output);
        assertTrue(line.find(), output);
        assertEquals(settings.given(), Settings.parse(line.group(1)).given(), output);
    }

    @Test
    void theRecordedLineGivesTheSamePixels() throws IOException {
        assertTrue(Files.exists(folder.resolve("macro.tif")), output);
        samples.assertSameAsFacade(
                Samples.STACK, IJ.openImage(folder.resolve("macro.tif").toString()));
    }

    @Test
    void escEndsARunSoonAndLeavesNothingBehind() {
        assertTrue(output.contains("works before Esc: true"), output);
        assertTrue(output.contains("ended after Esc: true"), output);
        Matcher time = Pattern.compile("milliseconds: (\\d+)").matcher(output);
        assertTrue(time.find() && Long.parseLong(time.group(1)) < SOON_MS, output);
        assertTrue(output.contains("images: many" + System.lineSeparator()), output);
        assertTrue(output.contains("dialogs: 0"), output);
    }
}
