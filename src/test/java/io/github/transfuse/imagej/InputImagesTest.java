package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.settings.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputImagesTest {
    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        WindowManager.setTempCurrentImage(null);
        Interpreter.batchMode = false;
    }

    @Test
    void findsOpenImagesByTitleAndIdAndOthersByPath() throws IOException {
        Interpreter.batchMode = true;
        ImagePlus open = IJ.createImage("an image", "8-bit ramp", 20, 10, 1);
        open.show();
        String path = folder.resolve("other.tif").toString();
        IJ.saveAsTiff(IJ.createImage("other", "8-bit ramp", 7, 5, 1), path);
        assertSame(open, InputImages.named("an image"));
        assertSame(open, InputImages.named(Integer.toString(open.getID())));
        assertEquals(7, InputImages.named(path).getWidth());
        String message = assertThrows(IllegalArgumentException.class, () -> InputImages.named("nothing"))
                .getMessage();
        assertTrue(message.startsWith("input=[nothing]"), message);
        message = assertThrows(IllegalArgumentException.class, () -> InputImages.named(Keys.IMAGE, "nothing"))
                .getMessage();
        assertTrue(message.startsWith("image=[nothing]"), message);
        open.close();
    }

    /** ImageJ itself would take the first. */
    @Test
    void aTitleOfSeveralImagesNamesTheActiveOneOrNone() throws IOException {
        Interpreter.batchMode = true;
        List<ImagePlus> same = Stream.of(1, 2, 3)
                .map(i -> IJ.createImage("cells.tif", "8-bit black", 9, 9, 1))
                .toList();
        same.forEach(ImagePlus::show);
        ImagePlus other = IJ.createImage("other", "8-bit black", 9, 9, 1);
        other.show();
        WindowManager.setTempCurrentImage(other);
        String message = assertThrows(IllegalArgumentException.class, () -> InputImages.named("cells.tif"))
                .getMessage();
        assertTrue(message.contains("Several open images are called 'cells.tif'"), message);
        assertSame(same.get(1), InputImages.named("" + same.get(1).getID()));
        for (ImagePlus active : same) {
            WindowManager.setTempCurrentImage(active);
            assertSame(active, InputImages.named("cells.tif"));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> OpenTitles.of(active))
                    .getMessage()
                    .contains("cannot be named"));
        }
        WindowManager.setTempCurrentImage(null);
        same.forEach(ImagePlus::close);
        other.close();
    }

    @Test
    void readsVolumesThatImageJDoesNotKnowAndRemembersTheirPlace() throws IOException {
        Path file = Samples.writeVolume(folder.resolve("v.nii.gz"), 1);
        ImagePlus volume = InputImages.held(Optional.of(InputImages.named(file.toString())));
        assertEquals(Samples.SLICES, volume.getNSlices());
        assertEquals(2.5, volume.getCalibration().pixelDepth, 1e-6);
        assertEquals("mm", volume.getCalibration().getUnit());
        CalibratedImage wrapped = InputImages.wrapped(volume);
        assertEquals(
                ImageFiles.read(file).placement().orElseThrow().affine(),
                wrapped.placement().orElseThrow().affine());
    }

    @Test
    void refusesNoImageAndNoPixels() {
        assertThrows(IllegalArgumentException.class, () -> InputImages.held(Optional.empty()));
        // What SciJava makes of the title of an image that does not exist
        ImagePlus hollow = new ImagePlus("nothing");
        assertThrows(IllegalArgumentException.class, () -> InputImages.held(Optional.of(hollow)));
    }

    @Test
    void pixelsOutliveTheClosingOfTheImage() {
        ImagePlus stack = IJ.createHyperStack("stack", 6, 4, 1, 3, 2, 16);
        stack.getStack().setVoxel(2, 1, 4, 777);
        stack.getCalibration().pixelWidth = 0.25;
        ImagePlus held = InputImages.held(Optional.of(stack));
        stack.flush();
        assertEquals(777, held.getStack().getVoxel(2, 1, 4));
        assertArrayEquals(new int[] {6, 4, 1, 3, 2}, held.getDimensions());
        assertEquals(0.25, held.getCalibration().pixelWidth);
    }

    /** After a run its labels are the active image: a second run would segment them. */
    @Test
    void resultsAreNoPictures() {
        ImagePlus picture = IJ.createImage("cells.tif", "8-bit ramp", 3, 2, 1);
        WindowManager.setTempCurrentImage(picture);
        assertSame(picture, InputImages.activePicture().orElseThrow());
        ImagePlus labels = IJ.createImage("cells-labels", "8-bit ramp", 3, 2, 1);
        labels.setProp(ResultWriter.PROPERTY, "{}");
        WindowManager.setTempCurrentImage(labels);
        assertSame(labels, InputImages.active().orElseThrow());
        String told = assertThrows(IllegalArgumentException.class, () -> new SegmentPlugIn().ask())
                .getMessage();
        assertEquals(
                "The active image 'cells-labels' is a result of TransFuse. Make the image active that is to be segmented,"
                        + " or name one with input=.",
                told);
    }
}
