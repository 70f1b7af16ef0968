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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
                named(new Line(0, 0, 39, 39), "scale"));
        image.setRoi(named(new Roi(5, 5, 6, 6), "tumour"));
        RoiMasks masks = RoiMasks.of(List.of(RoiMasks.Drawn.of(image)), Optional.of(RoiMeaning.CLASSES));
        assertEquals(List.of("stroma", "tumour", "whatever"), masks.classes());
        ImagePlus drawn = masks.draw(RoiMasks.Drawn.of(image), told -> {});
        assertEquals(8, drawn.getBitDepth());
        assertEquals(2, drawn.getProcessor().get(3, 3));
        assertEquals(2, drawn.getProcessor().get(10, 10), "the selection counts too");
        assertEquals(1, drawn.getProcessor().get(25, 25));
        assertEquals(0, drawn.getProcessor().get(20, 20), "an oval has no corners");
        assertEquals(3, drawn.getProcessor().get(31, 3));
        assertEquals(0, drawn.getProcessor().get(18, 18));
    }

    @Test
    void roisOfAStackLieInTheirSlice() throws IOException {
        Roi second = named(new Roi(2, 2, 6, 6), "a");
        second.setPosition(2);
        ImagePlus image = image("stack", 3, second, named(new Roi(20, 20, 5, 5), "a"));
        ImagePlus drawn = RoiMasks.of(List.of(RoiMasks.Drawn.of(image)), Optional.empty())
                .draw(RoiMasks.Drawn.of(image), told -> {});
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
        assertEquals(
                List.of("x", "y"),
                RoiFolder.drawMasks(images, folder.resolve("masks"), Optional.empty())
                        .classes());
        ImagePlus b = IJ.openImage(folder.resolve("masks/b.tif").toString());
        assertEquals(2, b.getProcessor().get(3, 3));
        assertEquals(1, b.getProcessor().get(22, 22));
    }

    @Test
    void filesWithoutRoisAreListed() throws IOException {
        save(image("a", 1, new Roi(2, 2, 6, 6)), folder.resolve("a.tif"));
        save(image("b", 1), folder.resolve("b.tif"));
        String message = assertThrows(
                        UnsupportedImageException.class,
                        () -> RoiFolder.drawMasks(folder, folder.resolve("masks"), Optional.empty()))
                .getMessage();
        assertTrue(message.contains("hold no ROI: b.tif") && message.contains("folder of masks"), message);
    }

    private static Optional<RoiMeaning> guess(String... rois) {
        return RoiMeaning.guess(Arrays.stream(rois).map(RoiMasksTest::roi).toList());
    }

    /** {@code name#group}. */
    private static Roi roi(String text) {
        String[] parts = text.split("#", -1);
        Roi roi = named(new Roi(0, 0, 3, 3), parts[0].isEmpty() ? null : parts[0]);
        return parts.length > 1 ? grouped(roi, Integer.parseInt(parts[1])) : roi;
    }

    @Test
    void namesAndGroupsSayWhatRoisAreOrItIsUnclear() {
        Optional<RoiMeaning> objects = Optional.of(RoiMeaning.OBJECTS);
        Optional<RoiMeaning> classes = Optional.of(RoiMeaning.CLASSES);
        assertEquals(objects, guess("", "0012-0034", "0001-0012-0034-1"), "drawn by hand");
        assertEquals(objects, guess("TransFuse 1", "TransFuse 63", ""), "an overlay, corrected");
        assertEquals(objects, guess("nucleus 1#1", "nucleus 2#1", "0012-0034", "nucleus 3 z2#1"), "Labels to ROIs");
        assertEquals(objects, guess("nucleus 5 z1", "nucleus 5 z2"));
        assertEquals(classes, guess("melanoma 1#1", "naevus 2#2"), "a class map");
        assertEquals(classes, guess("TransFuse 'class 1'", "TransFuse 'class 2'"), "an overlay of a class map");
        assertEquals(classes, guess("tumour", "tumour-1", "stroma"), "the ROI Manager numbers what is called alike");
        assertEquals(classes, guess("#1", "#2", "#2"));
        assertEquals(classes, guess("a#1", "b#2", "b#2"));
        assertEquals(classes, guess("lesion"));
        for (String[] unclear : new String[][] {
            {"tumour 1", "tumour 2", "stroma 1"},
            {"alice", "bob"},
            {"tumour", "tumour", ""},
            {"#1", "#1"},
            {"lesion 1#1"},
            {"tumour#1", "tumour"},
            {"nucleus 1#1", "nucleus 2#3"},
        }) {
            assertEquals(Optional.empty(), guess(unclear), String.join(",", unclear));
        }
    }

    @Test
    void whatIsUnclearIsRefusedWithTheWayOut() {
        ImagePlus image = image("cells", 1, named(new Roi(1, 1, 3, 3), "alice"), named(new Roi(9, 9, 3, 3), "bob"));
        String message = assertThrows(
                        UnclearRoisException.class,
                        () -> RoiMasks.of(List.of(RoiMasks.Drawn.of(image)), Optional.empty()))
                .getMessage();
        for (String part : List.of("cells", "2 ROIs", "mask_type=instances", "mask_type=classes", "mask_type=binary")) {
            assertTrue(message.contains(part), message);
        }
    }

    private static List<String> classes(String... rois) throws IOException {
        ImagePlus image =
                image("cells", 1, Arrays.stream(rois).map(RoiMasksTest::roi).toArray(Roi[]::new));
        return RoiMasks.of(List.of(RoiMasks.Drawn.of(image)), Optional.of(RoiMeaning.CLASSES))
                .classes();
    }

    @Test
    void classesAreGroupsOrNamesWithoutTheirNumbers() throws IOException {
        assertEquals(List.of("stroma", "tumour"), classes("tumour 1", "tumour 2", "stroma-1", "stroma"));
        assertEquals(
                List.of("class 1", "class 2"), classes("class 1", "class 2", "class 1"), "numbers are the classes");
        assertEquals(List.of("group 2", "group 3"), classes("a#2", "b#2", "#3"));
        assertEquals(List.of("CD4", "CD8"), classes("CD4", "CD8"));
        assertEquals(List.of("region"), classes("", "0012-0034"));
        assertEquals(List.of("vessel"), classes("TransFuse 'vessel'", "TransFuse 'vessel'"));
        assertEquals(List.of("class 1", "class 2"), classes("TransFuse 'class 1'", "TransFuse 'class 2'"));
        String message = assertThrows(UnsupportedImageException.class, () -> classes("a", "", "a"))
                .getMessage();
        assertTrue(message.contains("1 of its 3 ROIs"), message);
    }

    @Test
    void classesThatAreKnownKeepTheirValues() throws IOException {
        List<String> known = List.of("Naevus", "melanoma");
        ImagePlus image = image(
                "skin",
                1,
                named(new Roi(1, 1, 3, 3), "Melanoma"),
                grouped(new Roi(9, 9, 3, 3), 1),
                named(new Roi(20, 20, 3, 3), "naevus"));
        ImagePlus drawn = RoiMasks.ofKnown(RoiMasks.Drawn.of(image), known).draw(RoiMasks.Drawn.of(image), told -> {});
        assertEquals(2, drawn.getProcessor().get(2, 2));
        assertEquals(1, drawn.getProcessor().get(10, 10));
        assertEquals(1, drawn.getProcessor().get(21, 21));
        ImagePlus other = image("skin", 1, named(new Roi(1, 1, 3, 3), "wart"));
        String message = assertThrows(
                        UnsupportedImageException.class, () -> RoiMasks.ofKnown(RoiMasks.Drawn.of(other), known))
                .getMessage();
        assertTrue(message.contains("'wart'") && message.contains("Naevus, melanoma"), message);
    }

    @Test
    void objectsThatTouchStayApartAndRoisElsewhereAreRefused() throws IOException {
        RoiMasks.Drawn two = RoiMasks.Drawn.of(image("cells", 1, new Roi(2, 2, 6, 6), new Roi(8, 2, 6, 6)));
        RoiMasks masks = RoiMasks.of(List.of(two), Optional.empty());
        ImagePlus drawn = masks.draw(two, told -> {});
        assertEquals(16, drawn.getBitDepth());
        assertEquals(1, drawn.getProcessor().get(7, 4));
        assertEquals(2, drawn.getProcessor().get(8, 4));
        assertEquals(List.of(), masks.classes());
        RoiMasks.Drawn away = RoiMasks.Drawn.of(image("cells", 1, new Roi(50, 2, 6, 6)));
        assertThrows(UnsupportedImageException.class, () -> masks.draw(away, told -> {}));
    }

    @Test
    void foldersOfRoisBecomeObjectsToo() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        save(image("a", 1, new Roi(2, 2, 6, 6), new Roi(8, 2, 6, 6)), images.resolve("a.tif"));
        RoiMasks drawn = RoiFolder.drawMasks(images, folder.resolve("masks"), Optional.empty());
        assertEquals(RoiMeaning.OBJECTS, drawn.meaning());
        assertEquals(
                2,
                IJ.openImage(folder.resolve("masks/a.tif").toString())
                        .getProcessor()
                        .get(9, 3));
    }

    /** With its ROIs, as ImageJ saves it. */
    private static void save(ImagePlus image, Path file) {
        assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
    }
}
