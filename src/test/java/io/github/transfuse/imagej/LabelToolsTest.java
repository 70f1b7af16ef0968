package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiDecoder;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.transfuse.image.RoiLabels;
import io.github.transfuse.image.RoiNumbers;
import io.github.transfuse.measure.MeasureTable;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;

/** Labels to ROIs, ROIs to labels and Measure labels, without a display. */
class LabelToolsTest {
    @TempDir
    Path folder;

    private static ImagePlus image(String title, ImageProcessor... planes) {
        ImageStack stack = new ImageStack(planes[0].getWidth(), planes[0].getHeight());
        Arrays.stream(planes).forEach(stack::addSlice);
        return new ImagePlus(title, stack);
    }

    private static ShortProcessor plane(String... rows) {
        ShortProcessor plane = new ShortProcessor(rows[0].length(), rows.length);
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[y].length(); x++) {
                plane.set(x, y, Math.max(0, Character.digit(rows[y].charAt(x), 10)));
            }
        }
        return plane;
    }

    private static ShortProcessor random(long seed, int labels) {
        Random random = new Random(seed);
        ShortProcessor plane = new ShortProcessor(23, 17);
        for (int i = 0; i < plane.getPixelCount(); i++) {
            plane.set(i, random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(labels));
        }
        return plane;
    }

    private static List<Roi> outline(ImagePlus labels, String options) throws IOException {
        return OutlineJob.run(Settings.parse(Task.OUTLINE, options), Optional.of(labels));
    }

    private static ImagePlus draw(ImagePlus image, String options) throws IOException {
        return DrawJob.run(Settings.parse(Task.DRAW, options), Optional.of(image));
    }

    private static MeasureTable measure(ImagePlus labels, Optional<ImagePlus> image, String options)
            throws IOException {
        return MeasureJob.run(Settings.parse(Task.MEASURE, options), Optional.of(labels), image);
    }

    private static double cell(MeasureTable table, int row, String column) {
        return ((Number) table.cells(table.rows().get(row)).get(table.columns().indexOf(column))).doubleValue();
    }

    @Test
    void touchingObjectsStayApartAndPartsTogether() throws IOException {
        ImagePlus labels = image("cells-labels.tif", plane("1122.", "1122.", "3.3.3", ".444.", ".4.4.", ".444."));
        List<Roi> rois = outline(labels, "");
        assertEquals(
                List.of("object 1", "object 2", "object 3", "object 4"),
                rois.stream().map(Roi::getName).toList());
        assertInstanceOf(PolygonRoi.class, rois.get(0));
        assertEquals(Roi.TRACED_ROI, rois.get(1).getType());
        assertInstanceOf(ShapeRoi.class, rois.get(2));
        assertInstanceOf(ShapeRoi.class, rois.get(3));
        assertEquals(4, labels.getOverlay().size());
        assertEquals(2, rois.get(1).getBounds().x);
        labels.setRoi(rois.get(3));
        assertEquals(8, labels.getStatistics().pixelCount);
        outline(labels, "destination=overlay");
        assertEquals(4, labels.getOverlay().size(), "a second run replaces its own");
    }

    /** A hyperstack and stacks, objects in parts, at corners and with holes: every pixel comes back. */
    @ParameterizedTest
    @CsvSource({"1,1", "3,1", "1,3", "2,2"})
    void labelsBecomeRoisAndTheSameLabelsAgain(int slices, int frames) throws IOException {
        ImageProcessor[] planes = new ImageProcessor[slices * frames];
        Arrays.setAll(planes, i -> random(i, 5));
        ImagePlus labels = image("a", planes);
        labels.setDimensions(1, slices, frames);
        labels.setOpenAsHyperStack(frames > 1);
        labels.getCalibration().pixelWidth = 0.3;
        outline(labels, "");
        ImagePlus again = draw(labels, "source=overlay");
        assertEquals("a-labels", again.getTitle());
        assertEquals(0.3, again.getCalibration().pixelWidth);
        assertEquals(slices, again.getNSlices());
        assertEquals(frames, again.getNFrames());
        for (int i = 0; i < planes.length; i++) {
            assertArrayEquals(
                    (short[]) planes[i].getPixels(), (short[]) again.getStack().getPixels(i + 1));
        }
    }

    @Test
    void classesAndNumbersAreInTheNamesAndGroups() throws IOException {
        ImagePlus map = image("m", plane("12", "22"));
        map.setProp("TransFuse", "{\"classes\":[\"gland\",\"vessel\"]}");
        List<Roi> classes = outline(map, "");
        assertEquals("gland 1", classes.get(0).getName());
        assertEquals("vessel 2", classes.get(1).getName());
        assertEquals(2, classes.get(1).getGroup());
        map.setProp("TransFuse", "{\"classes\":[\"nucleus\"],\"objects\":2}");
        List<Roi> objects = outline(map, "");
        assertEquals("nucleus 2", objects.get(1).getName());
        assertEquals(1, objects.get(1).getGroup());
        assertEquals("nucleus", measure(map, Optional.empty(), "").rows().get(1).className());
        map.setProp("TransFuse", "not ours");
        assertEquals("object 2", outline(map, "").get(1).getName());
    }

    @Test
    void roisAreSavedAsTheManagerSavesThem() throws IOException {
        ImagePlus labels = image("cells.tif", plane("11.", ".22"), plane("...", "..2"));
        outline(labels, "output=[" + folder + "]");
        List<Roi> rois = new ArrayList<>();
        try (InputStream file = Files.newInputStream(folder.resolve("cells-rois.zip"));
                ZipInputStream zip = new ZipInputStream(file)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                rois.add(RoiDecoder.openFromByteArray(zip.readAllBytes()));
            }
        }
        assertEquals(
                List.of("object 1 z1", "object 2 z1", "object 2 z2"),
                rois.stream().map(Roi::getName).toList());
        assertEquals(2, rois.get(2).getPosition());
    }

    static List<Arguments> noLabels() {
        ImagePlus channels = image("c", plane("1"), plane("1"));
        channels.setDimensions(2, 1, 1);
        ImagePlus signed = image("s", plane("1"));
        signed.getCalibration().setSigned16BitCalibration();
        return List.of(
                Arguments.of(IJ.createImage("r", "RGB", 4, 4, 1), "has colours"),
                Arguments.of(channels, "has 2 channels"),
                Arguments.of(signed, "-32767.0"),
                Arguments.of(
                        image("f", new FloatProcessor(2, 1, new float[] {1, 2.5f})), "pixel 1, 0 of plane 1 is 2.5"),
                Arguments.of(image("n", new FloatProcessor(1, 1, new float[] {Float.NaN})), "is NaN"),
                Arguments.of(image("h", new FloatProcessor(1, 1, new float[] {3e7f})), "16,777,216"));
    }

    @ParameterizedTest
    @MethodSource("noLabels")
    void whatIsNoLabelImageIsRefused(ImagePlus image, String word) {
        for (Supplier<Exception> run : List.<Supplier<Exception>>of(
                () -> assertThrows(IllegalArgumentException.class, () -> outline(image, "")),
                () -> assertThrows(IllegalArgumentException.class, () -> measure(image, Optional.empty(), "")))) {
            String message = run.get().getMessage();
            assertTrue(message.contains(word) && message.contains(image.getTitle()), message);
        }
    }

    @Test
    void noImageNoRoisNoManager() {
        Exception none = assertThrows(
                IllegalArgumentException.class,
                () -> OutlineJob.run(Settings.parse(Task.OUTLINE, ""), Optional.empty()));
        assertTrue(none.getMessage().contains("no image open"), none.getMessage());
        ImagePlus image = image("bare", plane("1"));
        for (String source : List.of("", "source=manager", "source=overlay")) {
            Exception bare = assertThrows(IllegalArgumentException.class, () -> draw(image, source));
            assertTrue(bare.getMessage().startsWith("There is no ROI"), bare.getMessage());
        }
        image.setOverlay(new Overlay(new Line(0, 0, 1, 1)));
        Exception line = assertThrows(IllegalArgumentException.class, () -> draw(image, ""));
        assertTrue(line.getMessage().contains("has an area"), line.getMessage());
        Exception manager = assertThrows(SettingException.class, () -> outline(image, "destination=manager"));
        assertTrue(manager.getMessage().contains("without a display"), manager.getMessage());
    }

    @Test
    void emptyLabelsGiveNothing() throws IOException {
        ImagePlus empty = image("e", plane("...", "..."));
        assertEquals(List.of(), outline(empty, ""));
        MeasureTable table = measure(empty, Optional.of(empty), "");
        assertEquals(List.of(), table.rows());
        assertEquals("no objects", table.summary("object", "objects"));
    }

    @Test
    void overlapsAndWhatLiesElsewhereIsTold() {
        ImagePlus image = image("i", new ShortProcessor(20, 10), new ShortProcessor(20, 10));
        Roi first = new Roi(1, 1, 6, 4);
        first.setPosition(1);
        Roi second = new Roi(5, 2, 6, 4);
        second.setPosition(1);
        Roi away = new OvalRoi(50, 50, 9, 9);
        Roi all = new Roi(15, 5, 2, 9);
        RoiLabels labels = RoiLabels.draw(List.of(first, second, away, all), image);
        assertEquals(
                "4 ROIs became 4 labels. ROIs overlap: 6 pixels belong to the later one. 1 ROI lies outside the image."
                        + " 2 without a slice were drawn in all slices.",
                labels.told());
        second.setLocation(6, 4);
        assertEquals(
                "3 ROIs became 3 labels. ROIs overlap: 1 pixel belongs to the later one. 1 without a slice was drawn in"
                        + " all slices.",
                RoiLabels.draw(List.of(first, second, all), image).told());
        assertEquals(
                "1 ROI became 1 label.", RoiLabels.draw(List.of(first), image).told());
        ImageStack planes = labels.image().getStack();
        assertEquals(1, planes.getProcessor(1).get(4, 4));
        assertEquals(2, planes.getProcessor(1).get(5, 4));
        assertEquals(0, planes.getProcessor(2).get(5, 4));
        assertEquals(4, planes.getProcessor(2).get(16, 9));
    }

    @Test
    void namesKeepTheirNumbersUnlessTheyContradict() {
        assertArrayEquals(new int[] {7, 1, 7, 2}, numbers("cell 7 z1", "hand", "cell 7 z2", "0012-0034"));
        assertArrayEquals(new int[] {1, 2, 3}, numbers("cell 7", "nerve 7", "hand"));
        assertArrayEquals(new int[] {1, 2}, numbers("cell 0", "cell 99999999"));
        assertArrayEquals(new int[] {1, 2}, numbers("0012 0034", null));
    }

    private static int[] numbers(String... names) {
        return RoiNumbers.of(Arrays.stream(names)
                .map(name -> {
                    Roi roi = new Roi(0, 0, 1, 1);
                    roi.setName(name);
                    return roi;
                })
                .toList());
    }

    @Test
    void moreThan16BitsBecome32() {
        Roi roi = new Roi(0, 0, 1, 1);
        roi.setName("cell 65536");
        Roi other = new Roi(1, 0, 1, 1);
        other.setName("cell 65535");
        ImagePlus image = image("i", new ShortProcessor(2, 1));
        ImagePlus large = RoiLabels.draw(List.of(roi, other), image).image();
        assertEquals(32, large.getBitDepth());
        assertEquals(65_536, large.getProcessor().getf(0, 0));
        assertEquals(16, RoiLabels.draw(List.of(other), image).image().getBitDepth());
    }

    /** ImageJ's own measurements of the ROIs, with origin and a calibration function. */
    @Test
    void measuresAreThoseOfTheRois() throws IOException {
        ImagePlus labels = image("cells-labels", random(3, 4));
        ImagePlus values = image("cells", random(9, 200));
        for (ImagePlus image : List.of(labels, values)) {
            image.getCalibration().pixelWidth = 0.5;
            image.getCalibration().pixelHeight = 0.25;
            image.getCalibration().xOrigin = 3;
            image.getCalibration().yOrigin = 4;
            image.getCalibration().setUnit("micron");
        }
        values.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {10, 2}, "OD");
        List<Roi> rois = outline(labels, "");
        MeasureTable table = measure(labels, Optional.of(values), "");
        Map<String, String> names = Map.of(
                "area_micron^2",
                "Area",
                "perimeter_micron",
                "Perim.",
                "x_micron",
                "X",
                "by_micron",
                "BY",
                "mean",
                "Mean",
                "max",
                "Max",
                "feret_micron",
                "Feret",
                "solidity",
                "Solidity",
                "circularity",
                "Circ.",
                "sd",
                "StdDev");
        for (int i = 0; i < rois.size(); i++) {
            values.setRoi(rois.get(i));
            ResultsTable expected = new ResultsTable();
            int what = Measurements.AREA | Measurements.PERIMETER | Measurements.CENTROID | Measurements.RECT;
            int more = Measurements.MEAN | Measurements.MIN_MAX | Measurements.FERET | Measurements.SHAPE_DESCRIPTORS;
            new Analyzer(values, what | more | Measurements.STD_DEV, expected).measure();
            for (Map.Entry<String, String> name : names.entrySet()) {
                assertEquals(expected.getValue(name.getValue(), 0), cell(table, i, name.getKey()), 1e-4, name.getKey());
            }
        }
    }

    @Test
    void stacksAreMeasuredThroughTheirSlicesOrInEach() throws IOException {
        ImagePlus labels = image("l", plane("11.", "..."), plane("11.", "..2"));
        labels.getCalibration().pixelDepth = 3;
        MeasureTable solid = measure(labels, Optional.empty(), "");
        assertEquals(2, solid.rows().size());
        assertEquals(4, cell(solid, 0, "voxels"));
        assertEquals(12, cell(solid, 0, "volume_pixel^3"));
        assertEquals(3, cell(solid, 0, "z_pixel"));
        MeasureTable flat = measure(labels, Optional.of(labels), "per_slice output=[" + folder + "]");
        assertEquals(3, flat.rows().size());
        assertEquals(2, cell(flat, 2, "slice"));
        assertEquals(2, cell(flat, 2, "mean"));
        assertEquals(4, Files.readAllLines(folder.resolve("l-objects.csv")).size());
    }

    @Test
    void anotherSizeIsRefusedAndACalibrationBorrowed() throws IOException {
        ImagePlus labels = image("l", plane("11", ".."));
        ImagePlus small = image("s", plane("1", "1"));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> measure(labels, Optional.of(small), ""));
        assertTrue(refused.getMessage().contains("2 x 2 pixels")
                && refused.getMessage().contains("1 x 2 pixels"));
        ImagePlus scaled = image("c", plane("57", "33"));
        scaled.getCalibration().pixelWidth = 2;
        scaled.getCalibration().pixelHeight = 2;
        scaled.getCalibration().setUnit("mm");
        MeasureTable table = measure(labels, Optional.of(scaled), "");
        assertEquals(8, cell(table, 0, "area_mm^2"));
        assertEquals(6, cell(table, 0, "mean"));
        assertEquals("c", table.image());
    }

    @Test
    void scriptsGetTablesRoisAndLabels() throws Exception {
        ImagePlus labels = image("l", plane("11.", ".22"));
        try (Close context = new Close(new Context(CommandService.class, ConvertService.class))) {
            Map<String, Object> inputs = new HashMap<>(Map.of("input", labels, "image", labels));
            ResultsTable table = (ResultsTable) context.run(MeasureLabelsCommand.class, inputs, "object_table");
            assertEquals(2, table.size());
            assertEquals(2, table.getValue("max", 1));
            inputs.remove("image");
            assertEquals(2, ((Roi[]) context.run(LabelsToRoisCommand.class, inputs, "rois")).length);
            ImagePlus drawn = (ImagePlus) context.run(RoisToLabelsCommand.class, inputs, "labels");
            assertArrayEquals((short[]) labels.getProcessor().getPixels(), (short[])
                    drawn.getProcessor().getPixels());
        }
    }

    private record Close(Context context) implements AutoCloseable {
        Object run(Class<? extends TransFuseCommand> command, Map<String, Object> inputs, String output)
                throws Exception {
            return context.service(CommandService.class)
                    .run(command, true, inputs)
                    .get()
                    .getOutput(output);
        }

        @Override
        public void close() {
            context.dispose();
        }
    }
}
