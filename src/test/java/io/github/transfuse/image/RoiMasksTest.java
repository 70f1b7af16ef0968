package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoiMasksTest {
    private static final int SIDE = 40;

    @TempDir
    Path folder;

    private static ImagePlus image(String title, int planes, Roi... rois) {
        ImageStack stack = new ImageStack(SIDE, SIDE);
        for (int i = 0; i < planes; i++) {
            stack.addSlice(new ByteProcessor(SIDE, SIDE));
        }
        ImagePlus image = new ImagePlus(title, stack);
        Overlay overlay = new Overlay();
        for (Roi roi : rois) {
            overlay.add(roi);
        }
        image.setOverlay(overlay);
        return image;
    }

    private static Roi named(Roi roi, String name) {
        roi.setName(name);
        return roi;
    }

    private static Roi grouped(Roi roi, int group) {
        roi.setGroup(group);
        return roi;
    }

    @Test
    void namesAndGroupsAreClassesAndLinesAreNot() throws IOException {
        ImagePlus image = image(
                "cells",
                1,
                named(new Roi(2, 2, 6, 6), "tumour"),
                named(new OvalRoi(20, 20, 10, 10), "stroma"),
                grouped(named(new Roi(30, 2, 5, 5), "whatever"), 3),
                named(new Roi(2, 30, 5, 5), "0012-0034"),
                named(new Line(0, 0, 39, 39), "scale"));
        image.setRoi(named(new Roi(5, 5, 6, 6), "tumour"));
        RoiMasks masks = RoiMasks.of(List.of(image));
        assertEquals(List.of("group 3", "region", "stroma", "tumour"), masks.classes());
        ImagePlus drawn = masks.draw(image);
        assertEquals(4, drawn.getProcessor().get(3, 3));
        assertEquals(4, drawn.getProcessor().get(10, 10), "the selection counts too");
        assertEquals(3, drawn.getProcessor().get(25, 25));
        assertEquals(0, drawn.getProcessor().get(20, 20), "an oval has no corners");
        assertEquals(1, drawn.getProcessor().get(31, 3));
        assertEquals(2, drawn.getProcessor().get(3, 31));
        assertEquals(0, drawn.getProcessor().get(18, 18));
    }

    @Test
    void roisOfAStackLieInTheirSlice() throws IOException {
        Roi second = named(new Roi(2, 2, 6, 6), "a");
        second.setPosition(2);
        ImagePlus image = image("stack", 3, second, named(new Roi(20, 20, 5, 5), "a"));
        ImagePlus drawn = RoiMasks.of(List.of(image)).draw(image);
        for (int plane = 1; plane <= 3; plane++) {
            assertEquals(
                    plane == 2 ? 1 : 0, drawn.getStack().getProcessor(plane).get(3, 3));
            assertEquals(1, drawn.getStack().getProcessor(plane).get(21, 21), "everywhere, as it has no position");
        }
    }

    @Test
    void classesAreTheSameInAllFilesOfAFolder() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        save(image("a", 1, named(new Roi(2, 2, 6, 6), "x")), images.resolve("a.tif"));
        save(
                image("b", 1, named(new Roi(2, 2, 6, 6), "y"), named(new Roi(20, 20, 6, 6), "x")),
                images.resolve("b.tif"));
        assertEquals(List.of("x", "y"), RoiFolder.drawMasks(images, folder.resolve("masks")));
        ImagePlus b = IJ.openImage(folder.resolve("masks/b.tif").toString());
        assertEquals(2, b.getProcessor().get(3, 3));
        assertEquals(1, b.getProcessor().get(22, 22));
    }

    @Test
    void filesWithoutRoisAreListed() throws IOException {
        save(image("a", 1, new Roi(2, 2, 6, 6)), folder.resolve("a.tif"));
        save(image("b", 1), folder.resolve("b.tif"));
        String message = assertThrows(
                        UnsupportedImageException.class, () -> RoiFolder.drawMasks(folder, folder.resolve("masks")))
                .getMessage();
        assertTrue(message.contains("hold no ROI: b.tif") && message.contains("folder of masks"), message);
    }

    /** With its ROIs, as ImageJ saves it. */
    private static void save(ImagePlus image, Path file) {
        assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
    }
}
