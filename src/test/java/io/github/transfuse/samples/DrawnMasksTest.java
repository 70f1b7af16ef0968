package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.RoiMeaning;
import io.github.transfuse.image.UnclearRoisException;
import io.github.transfuse.image.UnsupportedImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnMasksTest {
    private static final DrawnMasks.Rule CLASSES = new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.empty(), List.of());
    private static final DrawnMasks.Rule OBJECTS = new DrawnMasks.Rule(RoiMeaning.OBJECTS, Optional.empty(), List.of());

    @TempDir
    Path folder;

    private Path images;
    private Path masks;
    private Path drawn;

    @BeforeEach
    void folders() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        masks = Files.createDirectories(folder.resolve("masks"));
        drawn = folder.resolve("drawn");
    }

    private void image(String name, int slices, int frames) {
        ImagePlus image = ij.IJ.createImage("x", "8-bit", 20, 16, slices * frames);
        image.setDimensions(1, slices, frames);
        new FileSaver(image).saveAsTiff(images.resolve(name).toString());
    }

    private static Roi named(Roi roi, String name) {
        roi.setName(name);
        return roi;
    }

    private void zip(String name, Roi... rois) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(masks.resolve(name)))) {
            for (int i = 0; i < rois.length; i++) {
                zip.putNextEntry(new ZipEntry(i + ".roi"));
                zip.write(RoiEncoder.saveAsByteArray(rois[i]));
                zip.closeEntry();
            }
        }
    }

    private static String square(int x, int y, int size, String properties, String more) {
        return String.format(
                Locale.ROOT,
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                        + "[[[%1$d,%2$d],[%3$d,%2$d],[%3$d,%4$d],[%1$d,%4$d],[%1$d,%2$d]]]%6$s},\"properties\":{%5$s}}",
                x,
                y,
                x + size,
                y + size,
                properties,
                more);
    }

    private void geoJson(String name, String... features) throws IOException {
        Files.writeString(
                masks.resolve(name),
                "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}");
    }

    private static String of(String name) {
        return "\"classification\":{\"name\":\"" + name + "\"}";
    }

    private List<String> draw(DrawnMasks.Rule rule) throws IOException {
        return DrawnMasks.draw(Pairing.ofShapes(images, masks), rule, drawn);
    }

    private long at(String name, long... position) throws IOException {
        CalibratedImage mask = ImageFiles.readLabels(drawn.resolve(name));
        RandomAccess<? extends RealType<?>> access = mask.pixels().randomAccess();
        return (long) access.setPositionAndGet(position).getRealDouble();
    }

    private Optional<RoiMeaning> meaning() throws IOException {
        try {
            return Optional.of(DrawnMasks.meaning(Pairing.ofShapes(images, masks), Optional.empty()));
        } catch (UnclearRoisException e) {
            assertTrue(e.getMessage().contains("Set mask_type=instances if each ROI is an object"), e.getMessage());
            return Optional.empty();
        }
    }

    /** As this plugin writes objects, and as ImageJ leaves them: no class each. */
    @Test
    void namesOfSelectionsSayWhatTheyAre() throws IOException {
        image("a.tif", 1, 1);
        zip("a.zip", named(new Roi(1, 1, 3, 3), "nucleus 1"), named(new Roi(6, 6, 3, 3), "nucleus 2"));
        assertEquals(Optional.of(RoiMeaning.OBJECTS), meaning());
        zip("a.zip", new Roi(1, 1, 3, 3), named(new Roi(6, 6, 3, 3), "0007-0007"));
        assertEquals(Optional.of(RoiMeaning.OBJECTS), meaning());
        zip(
                "a.zip",
                named(new Roi(1, 1, 3, 3), "tumour"),
                named(new Roi(6, 6, 3, 3), "tumour-1"),
                named(new Roi(9, 9, 3, 3), "stroma"));
        assertEquals(Optional.of(RoiMeaning.CLASSES), meaning());
        zip("a.zip", named(new Roi(1, 1, 3, 3), "alice"), named(new Roi(6, 6, 3, 3), "bob"));
        assertEquals(Optional.empty(), meaning());
        assertEquals(RoiMeaning.ONE, DrawnMasks.meaning(Pairing.ofShapes(images, masks), Optional.of(RoiMeaning.ONE)));
    }

    @Test
    void detectionsAreObjectsAndClassifiedAnnotationsAreClasses() throws IOException {
        image("a.tif", 1, 1);
        String detection = ",\"objectType\":\"detection\"";
        geoJson(
                "a.geojson",
                square(1, 1, 3, of("Nucleus") + detection, ""),
                square(6, 6, 3, of("Nucleus") + detection, ""));
        assertEquals(Optional.of(RoiMeaning.OBJECTS), meaning());
        String annotation = ",\"objectType\":\"annotation\"";
        geoJson(
                "a.geojson",
                square(1, 1, 3, of("Tumor") + annotation, ""),
                square(6, 6, 3, of("Tumor") + annotation, ""));
        assertEquals(Optional.of(RoiMeaning.CLASSES), meaning());
        assertEquals(List.of("Tumor"), draw(CLASSES));
        geoJson("a.geojson", square(1, 1, 3, "", ""), square(6, 6, 3, "", ""));
        assertEquals(Optional.of(RoiMeaning.OBJECTS), meaning());
    }

    @Test
    void shapesOfOneClassHaveOneValue() throws IOException {
        image("a.tif", 1, 1);
        zip("a.zip", named(new Roi(1, 1, 3, 3), "alice"), named(new Roi(6, 6, 3, 3), "bob"));
        assertEquals(List.of("region"), draw(new DrawnMasks.Rule(RoiMeaning.ONE, Optional.empty(), List.of())));
        assertEquals(1, at("a.tif", 2, 2));
        assertEquals(1, at("a.tif", 7, 7));
    }

    @Test
    void classesOfGeoJsonAreNumberedByName() throws IOException {
        image("a.tif", 1, 1);
        image("b.tif", 1, 1);
        geoJson("a.geojson", square(2, 2, 4, of("tumor"), ""), square(10, 2, 4, of("Stroma"), ""));
        geoJson(
                "b.tif.geojson",
                square(2, 2, 4, "\"classification\":{\"names\":[\"tumor\",\"CD3\"]}", ""),
                square(10, 2, 4, "", ""));
        assertEquals(List.of("Stroma", "region", "tumor", "tumor: CD3"), draw(CLASSES));
        assertEquals(List.of(3L, 1L, 0L), List.of(at("a.tif", 2, 2), at("a.tif", 13, 5), at("a.tif", 6, 6)));
        assertEquals(List.of(4L, 2L), List.of(at("b.tif", 5, 5), at("b.tif", 10, 2)));
    }

    @Test
    void eachShapeIsAnObjectAndHolesStay() throws IOException {
        image("a.tif", 1, 1);
        String holed = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":["
                + "[[[1,1],[8,1],[8,8],[1,8],[1,1]],[[3,3],[5,3],[5,5],[3,5],[3,3]]],[[[15,12],[99,12],[99,99],[15,99],[15,12]]]]}}";
        geoJson("a-objects.geojson", holed, square(9, 9, 3, of("cell"), ""));
        assertEquals(List.of("object"), draw(OBJECTS));
        assertEquals(List.of(1L, 0L, 1L), List.of(at("a.tif", 1, 1), at("a.tif", 4, 4), at("a.tif", 5, 5)));
        assertEquals(List.of(1L, 2L), List.of(at("a.tif", 19, 15), at("a.tif", 11, 11)));
    }

    @Test
    void planesOfGeoJsonCountFromZeroAndWithoutOneItIsTheFirst() throws IOException {
        image("a.tif", 3, 1);
        geoJson(
                "a.geojson",
                square(2, 2, 4, of("x"), ""),
                square(10, 2, 4, of("x"), ",\"plane\":{\"c\":-1,\"z\":2,\"t\":0}"));
        draw(CLASSES);
        assertEquals(List.of(1L, 0L, 0L), List.of(at("a.tif", 3, 3, 0), at("a.tif", 3, 3, 1), at("a.tif", 3, 3, 2)));
        assertEquals(List.of(0L, 1L), List.of(at("a.tif", 11, 3, 0), at("a.tif", 11, 3, 2)));
    }

    @Test
    void roisLieWhereImageJShowsThem() throws IOException {
        image("a.tif", 3, 2);
        Roi everywhere = named(new Roi(0, 0, 2, 2), "x");
        Roi index = named(new Roi(4, 4, 2, 2), "x");
        index.setPosition(5);
        Roi hyper = named(new Roi(8, 8, 2, 2), "y");
        hyper.setPosition(1, 3, 1);
        Roi slices = named(new Roi(12, 8, 2, 2), "y");
        slices.setPosition(1, 2, 0);
        zip("a_rois.zip", everywhere, index, hyper, slices, named(new PointRoi(1, 15), "point"));
        assertEquals(List.of("x", "y"), draw(CLASSES));
        for (int t = 0; t < 2; t++) {
            for (int z = 0; z < 3; z++) {
                String where = "z " + z + " t " + t;
                assertEquals(1, at("a.tif", 1, 1, z, t), where);
                assertEquals(z == 1 && t == 1 ? 1 : 0, at("a.tif", 4, 4, z, t), where);
                assertEquals(z == 2 && t == 0 ? 2 : 0, at("a.tif", 8, 8, z, t), where);
                assertEquals(z == 1 ? 2 : 0, at("a.tif", 12, 8, z, t), where);
                assertEquals(0, at("a.tif", 1, 15, z, t), where);
            }
        }
    }

    /** ImageJ counts the channels of a stack among its planes, but not the colours of a picture. */
    @Test
    void planesOfChannelsAreCounted() throws IOException {
        Roi fifth = named(new Roi(4, 4, 2, 2), "x");
        fifth.setPosition(5);
        zip("a.zip", fifth);
        ImagePlus channels = ij.IJ.createImage("x", "8-bit", 20, 16, 6);
        channels.setDimensions(2, 3, 1);
        new FileSaver(channels).saveAsTiff(images.resolve("a.tif").toString());
        draw(CLASSES);
        assertEquals(List.of(0L, 1L), List.of(at("a.tif", 4, 4, 1), at("a.tif", 4, 4, 2)));
        fifth.setPosition(2);
        zip("a.zip", fifth);
        new FileSaver(ij.IJ.createImage("x", "RGB", 20, 16, 3))
                .saveAsTiff(images.resolve("a.tif").toString());
        draw(CLASSES);
        assertEquals(List.of(0L, 1L), List.of(at("a.tif", 4, 4, 0), at("a.tif", 4, 4, 1)));
    }

    /** ImageJ itself says which pixels of a selection are inside. */
    @Test
    void pixelsAreThoseThatImageJFills() throws IOException {
        image("a.tif", 1, 1);
        Roi oval = new OvalRoi(3, 2, 9, 7);
        Roi ring = new ShapeRoi(new OvalRoi(8, 6, 20, 20)).not(new ShapeRoi(new Roi(12, 8, 3, 3)));
        Files.write(masks.resolve("a.roi"), RoiEncoder.saveAsByteArray(oval));
        draw(OBJECTS);
        assertFilled(oval);
        Files.delete(masks.resolve("a.roi"));
        zip("a.zip", ring);
        draw(OBJECTS);
        assertFilled(ring);
    }

    private void assertFilled(Roi roi) throws IOException {
        ByteProcessor expected = new ByteProcessor(20, 16);
        expected.setValue(1);
        expected.fill(roi);
        for (int i = 0; i < 20 * 16; i++) {
            assertEquals(expected.get(i), at("a.tif", i % 20, i / 20), "pixel " + i);
        }
    }

    @Test
    void groupsAreClasses() throws IOException {
        image("a.tif", 1, 1);
        Roi first = named(new Roi(2, 2, 3, 3), "cell 1");
        first.setGroup(7);
        Roi second = named(new Roi(9, 2, 3, 3), "cell 2");
        second.setGroup(7);
        zip("a-rois.zip", first, second, named(new Roi(2, 9, 3, 3), "0001-0002"));
        assertEquals(List.of("cell", "region"), draw(CLASSES));
        assertEquals(List.of(1L, 1L, 2L), List.of(at("a.tif", 3, 3), at("a.tif", 10, 3), at("a.tif", 3, 10)));
    }

    @Test
    void whatIsLeftOutNeedsAValue() throws IOException {
        image("a.tif", 1, 1);
        geoJson("a.geojson", square(2, 2, 4, of("tumor"), ""), square(10, 2, 4, of("Ignore*"), ""));
        String message =
                assertThrows(SamplesException.class, () -> draw(CLASSES)).getMessage();
        assertTrue(message.contains("ignore_label=255"), message);
        DrawnMasks.Rule ignoring = new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.of(255), List.of());
        assertEquals(List.of("tumor"), draw(ignoring));
        assertEquals(List.of(1L, 255L), List.of(at("a.tif", 3, 3), at("a.tif", 11, 3)));
    }

    @Test
    void objectsPassOverTheValueThatIsLeftOut() throws IOException {
        image("a.tif", 1, 1);
        geoJson("a.geojson", square(0, 0, 2, "", ""), square(4, 0, 2, "", ""), square(8, 0, 2, "", ""));
        assertEquals(List.of("region"), draw(new DrawnMasks.Rule(RoiMeaning.OBJECTS, Optional.of(2), List.of())));
        assertEquals(List.of(1L, 3L, 4L), List.of(at("a.tif", 0, 0), at("a.tif", 4, 0), at("a.tif", 8, 0)));
    }

    @Test
    void classesAreThoseOfTheModel() throws IOException {
        image("a.tif", 1, 1);
        geoJson("a.geojson", square(2, 2, 4, of("tumor"), ""));
        draw(new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.empty(), List.of("stroma", "tumor")));
        assertEquals(2, at("a.tif", 3, 3));
        draw(new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.empty(), List.of("foreground")));
        assertEquals(1, at("a.tif", 3, 3), "a model of one class does not ask for its name");
        DrawnMasks.Rule others = new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.empty(), List.of("stroma", "vessel"));
        String message =
                assertThrows(SamplesException.class, () -> draw(others)).getMessage();
        assertTrue(message.contains("[tumor]") && message.contains("[stroma, vessel]"), message);
        geoJson("a.geojson", square(2, 2, 4, of("tumor"), ""), square(9, 9, 2, of("stroma"), ""));
        assertThrows(
                SamplesException.class,
                () -> draw(new DrawnMasks.Rule(RoiMeaning.CLASSES, Optional.empty(), List.of("tumor"))),
                "stroma is not tumor");
    }

    @Test
    void shapesOfAnotherImageAreRefused() throws IOException {
        image("a.tif", 1, 1);
        geoJson("a.geojson", square(200, 200, 4, of("x"), ""));
        String message =
                assertThrows(SamplesException.class, () -> draw(CLASSES)).getMessage();
        assertTrue(message.contains("a.geojson") && message.contains("outside"), message);
        geoJson("a.geojson");
        assertEquals(List.of(), draw(CLASSES), "nothing was found there");
        assertEquals(0, at("a.tif", 3, 3));
    }

    @Test
    void whatHasNoAreaIsRefusedByName() throws IOException {
        image("a.tif", 1, 1);
        geoJson("a.geojson", "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,1]}}");
        String message = assertThrows(UnsupportedImageException.class, () -> draw(CLASSES))
                .getMessage();
        assertTrue(message.contains("a.geojson") && message.contains("Point"), message);
        Files.delete(masks.resolve("a.geojson"));
        zip("a.zip", new PointRoi(3, 3));
        assertTrue(assertThrows(UnsupportedImageException.class, () -> draw(CLASSES))
                .getMessage()
                .contains("no ROI with an area"));
    }

    @Test
    void shapesBesideTheImagesAreTheirMasks() throws IOException {
        image("a.tif", 1, 1);
        Files.write(images.resolve("a.roi"), RoiEncoder.saveAsByteArray(new Roi(2, 2, 3, 3)));
        List<Pair> pairs = Pairing.ofShapes(images, images);
        assertEquals(
                List.of("a.roi"),
                pairs.stream().map(p -> p.mask().getFileName().toString()).toList());
        Files.move(images.resolve("a.roi"), images.resolve("other.roi"));
        assertEquals(List.of(), Pairing.ofShapes(images, images), "a file that belongs to no image");
    }

    @Test
    void shapesAmongMasksAreNone() throws IOException {
        image("a.tif", 1, 1);
        Files.copy(images.resolve("a.tif"), masks.resolve("a.tif"));
        Files.write(masks.resolve("a.zip"), new byte[9]);
        assertEquals(List.of(), Pairing.ofShapes(images, masks));
        assertEquals(
                "a.tif", Pairing.of(images, masks).get(0).mask().getFileName().toString());
    }

    @Test
    void pickledMasksOfCellposeAreNamed() throws IOException {
        image("a.tif", 1, 1);
        image("b.tif", 1, 1);
        Files.copy(images.resolve("b.tif"), masks.resolve("b.tif"));
        Files.write(masks.resolve("a_seg.npy"), new byte[9]);
        String message = assertThrows(SamplesException.class, () -> Pairing.of(images, masks))
                .getMessage();
        assertTrue(
                message.contains("a_seg.npy holds Python objects") && message.contains("Save masks as PNG"), message);
    }

    @Test
    void damagedFilesEndWithANamedException() throws IOException {
        image("a.tif", 1, 1);
        geoJson(
                "a.geojson",
                square(2, 2, 4, of("tumor"), ""),
                square(10, 2, 4, of("x"), ",\"plane\":{\"z\":0,\"t\":0}"));
        Path json = masks.resolve("a.geojson");
        mutate(json);
        Files.delete(json);
        Roi roi = named(new OvalRoi(3, 2, 9, 7), "x");
        Files.write(masks.resolve("a.roi"), RoiEncoder.saveAsByteArray(roi));
        mutate(masks.resolve("a.roi"));
        Files.delete(masks.resolve("a.roi"));
        zip("a.zip", roi, new ShapeRoi(new OvalRoi(8, 6, 20, 20)));
        mutate(masks.resolve("a.zip"));
    }

    private void mutate(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, i % 4 > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            try {
                draw(OBJECTS);
            } catch (UnsupportedImageException | SamplesException e) {
                assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
            }
        }
    }
}
