package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ByteProcessor;
import io.github.transfuse.engine.EdgeLetters;
import io.github.transfuse.image.DicomScan;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.StoredVolume;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyLettersTest {
    @TempDir
    static Path folder;

    private static Samples samples;

    @BeforeAll
    static void write() throws IOException {
        samples = Samples.write(folder);
    }

    private static Optional<String> letters(ImagePlus image) {
        return BodyLetters.of(image)
                .map(found -> String.valueOf(new char[] {found.left(), found.right(), found.top(), found.bottom()}));
    }

    /** Texts with the middle of their boxes, of an overlay. */
    private static List<String> texts(ImagePlus image) {
        List<String> texts = new ArrayList<>();
        Overlay overlay = image.getOverlay();
        for (int i = 0; overlay != null && i < overlay.size(); i++) {
            TextRoi text = (TextRoi) overlay.get(i);
            assertEquals(0, text.getPosition(), "in all slices");
            double x = text.getXBase() + text.getFloatWidth() / 2;
            double y = text.getYBase() + text.getFloatHeight() / 2;
            String side = x < image.getWidth() * 0.25
                    ? "left"
                    : x > image.getWidth() * 0.75
                            ? "right"
                            : y < image.getHeight() * 0.25 ? "top" : y > image.getHeight() * 0.75 ? "bottom" : "middle";
            assertTrue(text.getXBase() >= 0 && text.getYBase() >= 0);
            assertTrue(text.getXBase() + text.getFloatWidth() <= image.getWidth());
            assertTrue(text.getYBase() + text.getFloatHeight() <= image.getHeight());
            texts.add(text.getText().strip() + " " + side);
        }
        return texts;
    }

    /** x points to the patient's left and y to the front: what ImageJ shows at the top is the back. */
    @Test
    void labelsAndProbabilitiesOfAVolumeHaveLetters() throws IOException {
        Path file = Samples.writeVolume(folder.resolve("v.nii.gz"), 1);
        Settings settings = Settings.parse(samples.settings())
                .with(Keys.INPUT, file.toString())
                .with(Keys.PROBABILITIES, true);
        SegmentJob.Results results = SegmentJob.run(settings, Optional.empty());
        for (ImagePlus image : results.images()) {
            assertEquals(List.of("R left", "L right", "P top", "A bottom"), texts(image), image.getTitle());
        }
        assertEquals(2, results.images().size());
        ImagePlus labels = results.labels();
        assertEquals(2.5, labels.getCalibration().pixelDepth, 1e-6);
        assertEquals(List.of(), RoiMasks.Drawn.of(labels).rois(), "text is no object");
        Settings drawing = Settings.of(Task.DRAW);
        assertThrows(IllegalArgumentException.class, () -> DrawJob.run(drawing, Optional.of(labels)));
        String saved = folder.resolve("saved.tif").toString();
        IJ.saveAsTiff(labels, saved);
        assertEquals(texts(labels), texts(IJ.openImage(saved)));
    }

    @Test
    void pixelsStayWhatTheyAre() {
        ByteProcessor pixels = new ByteProcessor(64, 48);
        ImagePlus image = new ImagePlus("i", pixels);
        image.setOverlay(new Overlay(new Roi(1, 2, 3, 4)));
        BodyLetters.lay(new EdgeLetters('R', 'L', 'S', 'I'), image);
        assertArrayEquals(new byte[64 * 48], (byte[]) image.getProcessor().getPixels());
        assertEquals(5, image.getOverlay().size(), "what lay over it stays");
    }

    @Test
    void lettersThatWouldHideTheImageAreLeftOut() {
        ImagePlus small = new ImagePlus("i", new ByteProcessor(27, 200));
        BodyLetters.lay(new EdgeLetters('R', 'L', 'A', 'P'), small);
        assertNull(small.getOverlay());
        ImagePlus enough = new ImagePlus("i", new ByteProcessor(28, 200));
        BodyLetters.lay(new EdgeLetters('R', 'L', 'A', 'P'), enough);
        assertEquals(List.of("R left", "L right", "A top", "P bottom"), texts(enough));
        ImagePlus large = new ImagePlus("i", new ByteProcessor(2000, 1500));
        BodyLetters.lay(new EdgeLetters('A', 'P', 'S', 'I'), large);
        assertEquals(List.of("A left", "P right", "S top", "I bottom"), texts(large));
    }

    /** In the same place in the body, however it is stored. */
    @Test
    void lettersAreThoseOfTheFile() throws IOException {
        StoredVolume volume = StoredVolume.ras(9, 8, 7);
        for (StoredVolume.Kind kind :
                List.of(StoredVolume.Kind.NIFTI, StoredVolume.Kind.NRRD, StoredVolume.Kind.META)) {
            volume.write(folder, "plain", kind);
        }
        try (var files = Files.list(folder)) {
            List<Path> plain = files.filter(
                            file -> file.getFileName().toString().startsWith("plain"))
                    .toList();
            assertEquals(3, plain.size());
            for (Path file : plain) {
                assertEquals(Optional.of("LRPA"), letters(InputImages.named(file.toString())), file.toString());
            }
        }
        StoredVolume.Turn sagittal = new StoredVolume.Turn(new int[] {1, 2, 0}, new boolean[] {false, true, false});
        Path file = volume.along(sagittal).write(folder, "sagittal", StoredVolume.Kind.NIFTI);
        ImagePlus turned = InputImages.named(file.toString());
        assertEquals(Optional.of("PASI"), letters(turned));
    }

    private static ImagePlus headers(String... labels) {
        ImageStack stack = new ImageStack(40, 40);
        for (String label : labels) {
            stack.addSlice(label, new ByteProcessor(40, 40));
        }
        return new ImagePlus("i", stack);
    }

    private static String header(String directions) {
        return "slice.dcm\n0020,0032  Image Position (Patient): 0\\0\\0\n0020,0037  Image Orientation (Patient): "
                + directions + " \n0028,0010  Rows: 40";
    }

    @Test
    void imageJsOwnReaderOfDicomTellsToo() throws IOException {
        DicomScan.write(folder.resolve("scan"), "P", (x, y, z) -> x, 40, 36, 1);
        ImagePlus slice = IJ.openImage(folder.resolve("scan/001.dcm").toString());
        assertEquals(Optional.of("RLAP"), letters(slice));
        assertEquals(Optional.of("RLAP"), letters(InputImages.held(Optional.of(slice))));

        String coronal = header("1\\0\\0\\0\\0\\-1");
        assertEquals(Optional.of("RLSI"), letters(headers(coronal, coronal)));
        assertEquals(Optional.of("APSI"), letters(headers(header("0.1\\0.99\\0.05\\0\\0.05\\-.99"))));
        assertEquals(Optional.of("LRPA"), letters(headers(header("-1\\0\\0\\0\\-1\\0"))));
        ImagePlus single = new ImagePlus("i", new ByteProcessor(40, 40));
        single.setProperty("Info", header("1\\0\\0\\0\\1\\0"));
        assertEquals(Optional.of("RLAP"), letters(single));
        ImagePlus frames = headers("first", "second");
        frames.setProperty("Info", header("1\\0\\0\\0\\1\\0"));
        assertEquals(Optional.of("RLAP"), letters(InputImages.held(Optional.of(frames))));
    }

    @Test
    void whatDoesNotSayHowItLiesHasNoLetters() throws IOException {
        String axial = header("1\\0\\0\\0\\1\\0");
        for (ImagePlus image : List.of(
                headers("first", "second"),
                headers(axial, header("1\\0\\0\\0\\0\\-1")),
                headers(axial, "second"),
                headers(header("1\\0\\0\\0\\1")),
                headers(header("1\\0\\0\\a\\1\\0")),
                headers(header("1\\0\\0\\1\\0\\0")),
                headers(header("0\\0\\0\\0\\1\\0")),
                headers(header("NaN\\0\\0\\0\\1\\0")),
                headers("0020,0032  Image Position (Patient): 1\\0\\0\\0\\1\\0\n"))) {
            assertEquals(Optional.empty(), letters(image));
        }
        Path unplaced = folder.resolve("unplaced.nrrd");
        Files.writeString(
                unplaced,
                "NRRD0004\ntype: uchar\ndimension: 3\nspace: scanner-xyz\nsizes: 1 1 1\nspace directions:"
                        + " (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\nencoding: ascii\n\n1\n");
        assertEquals(Optional.empty(), letters(InputImages.named(unplaced.toString())));
        SegmentJob.Results results = SegmentJob.run(
                Settings.parse(samples.settings())
                        .with(Keys.INPUT, folder.resolve(Samples.STACK).toString()),
                Optional.empty());
        assertNull(results.labels().getOverlay());
    }
}
