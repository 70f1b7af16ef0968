package io.github.transfuse.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.measure.Calibration;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.Analyzer;
import ij.plugin.filter.ParticleAnalyzer;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.image.RoiShapes;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.labels.Outlines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number is that of ImageJ's own measurements of the same pixels. */
class SameAsImageJTest {
    private static final int WIDTH = 61;
    private static final int HEIGHT = 47;

    private static final int ALL = Measurements.AREA
            | Measurements.PERIMETER
            | Measurements.MEAN
            | Measurements.STD_DEV
            | Measurements.MIN_MAX
            | Measurements.CENTROID
            | Measurements.RECT
            | Measurements.SHAPE_DESCRIPTORS
            | Measurements.FERET;

    /** Blobs of many shapes: smoothed noise above a level. Low levels give holes, parts and corners. */
    private static ByteProcessor blobs(long seed, double sigma) {
        Random random = new Random(seed);
        FloatProcessor noise = new FloatProcessor(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            noise.setf(i, (float) random.nextGaussian());
        }
        if (sigma > 0) {
            noise.blurGaussian(sigma);
        }
        ByteProcessor mask = new ByteProcessor(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            mask.set(i, noise.getf(i) > 0.05 ? 255 : 0);
        }
        return mask;
    }

    private static RandomAccessibleInterval<IntType> ints(ImageProcessor pixels) {
        int[] values = new int[pixels.getPixelCount()];
        Arrays.setAll(values, pixels::get);
        return ArrayImgs.ints(values, pixels.getWidth(), pixels.getHeight());
    }

    private static FloatProcessor values(long seed) {
        Random random = new Random(seed);
        FloatProcessor values = new FloatProcessor(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            values.setf(i, 5000 + (float) random.nextGaussian());
        }
        return values;
    }

    private static ImagePlus image(ImageProcessor pixels, double width, double height) {
        ImagePlus image = new ImagePlus("values", pixels);
        Calibration calibration = image.getCalibration();
        calibration.pixelWidth = width;
        calibration.pixelHeight = height;
        calibration.xOrigin = 7;
        calibration.yOrigin = -2.5;
        calibration.setUnit("micron");
        return image;
    }

    private static List<ObjectMeasures> measured(RandomAccessibleInterval<IntType> labels, ImagePlus image) {
        Calibration calibration = image.getCalibration();
        return ObjectMeasurer.measure(
                labels,
                Optional.of(Views.addDimension(ImagePlusImages.wrap(image).pixels(), 0, 0)),
                new PixelGrid(
                        new double[] {calibration.pixelWidth, calibration.pixelHeight},
                        new double[] {calibration.xOrigin, calibration.yOrigin},
                        "micron"));
    }

    private static void assertSame(ResultsTable expected, int row, ObjectMeasures found) {
        FlatShape shape = found.shape().orElseThrow();
        Intensity value = found.channels().get(0);
        Map<String, Double> ours = new TreeMap<>();
        ours.put("Area", found.size());
        ours.put("Perim.", found.border());
        ours.put("Mean", value.mean());
        ours.put("StdDev", value.sd());
        ours.put("Min", value.min());
        ours.put("Max", value.max());
        ours.put("X", found.centroid()[0]);
        ours.put("Y", found.centroid()[1]);
        ours.put("BX", found.corner()[0]);
        ours.put("BY", found.corner()[1]);
        ours.put("Width", found.extent()[0]);
        ours.put("Height", found.extent()[1]);
        ours.put("Circ.", shape.circularity());
        ours.put("Feret", shape.feret());
        ours.put("MinFeret", shape.minFeret());
        ours.put("Solidity", shape.solidity());
        // ImageJ's sums of squares of large values lose digits
        ours.forEach((name, our) -> {
            double theirs = expected.getValue(name, row);
            double tolerance = name.equals("StdDev") ? 1e-3 : 1e-6;
            assertEquals(theirs, our, tolerance * Math.max(1, Math.abs(theirs)), () -> name + " of " + found);
        });
        assertEquals(found.border(), shape.perimeter());
    }

    /** ImageJ finds the particles itself, with outlines and first vertices of its own. */
    @ParameterizedTest
    @CsvSource({"1,1", "0.25,0.25", "0.5,0.8"})
    void particles(double width, double height) {
        int compared = 0;
        for (int seed = 0; seed < 40; seed++) {
            ByteProcessor mask = filled(blobs(seed, seed % 4));
            RandomAccessibleInterval<IntType> labels =
                    ConnectedComponents.of(ints(mask), Connectivity.of(8)).labels();
            ImagePlus image = image(values(seed), width, height);
            List<ObjectMeasures> found = measured(labels, image);
            ResultsTable expected = particles(mask, image);
            assertEquals(expected.size(), found.size());
            for (int i = 0; i < found.size(); i++) {
                assertSame(expected, i, found.get(i));
                compared++;
            }
        }
        assertTrue(compared > 500, "objects: " + compared);
    }

    /** Without holes: ImageJ's particles take the outer outline alone. */
    private static ByteProcessor filled(ByteProcessor mask) {
        ByteProcessor filled = (ByteProcessor) mask.duplicate();
        ImageProcessor outside = mask.duplicate();
        outside.invert();
        RandomAccessibleInterval<IntType> background =
                ConnectedComponents.of(ints(outside), Connectivity.of(4)).labels();
        List<Integer> touching = new ArrayList<>();
        for (int x = 0; x < WIDTH; x++) {
            touching.add(background.getAt(x, 0).get());
            touching.add(background.getAt(x, HEIGHT - 1).get());
        }
        for (int y = 0; y < HEIGHT; y++) {
            touching.add(background.getAt(0, y).get());
            touching.add(background.getAt(WIDTH - 1, y).get());
        }
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int hole = background.getAt(x, y).get();
                if (hole != 0 && !touching.contains(hole)) {
                    filled.set(x, y, 255);
                }
            }
        }
        return filled;
    }

    private static ResultsTable particles(ByteProcessor mask, ImagePlus values) {
        ResultsTable table = new ResultsTable();
        Analyzer.setRedirectImage(values);
        ParticleAnalyzer analyzer = new ParticleAnalyzer(0, ALL, table, 0, Double.MAX_VALUE);
        ImagePlus particles = new ImagePlus("mask", mask);
        particles.setCalibration(values.getCalibration());
        mask.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
        assertTrue(analyzer.analyze(particles, mask));
        Analyzer.setRedirectImage(null);
        return table;
    }

    /** Labels with holes and several parts, as the selections that Labels to ROIs makes and ImageJ measures. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.3})
    void selectionsOfLabelsInParts(double height) {
        int composites = 0;
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            RandomAccessibleInterval<IntType> labels = ArrayImgs.ints(WIDTH, HEIGHT);
            ByteProcessor mask = blobs(seed, seed % 3);
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    labels.getAt(x, y)
                            .set(mask.get(x, y) == 0 ? 0 : 1 + x / 20 + (seed % 3 == 0 ? random.nextInt(2) : 0));
                }
            }
            ImagePlus image = image(values(seed), 0.7, height);
            Map<Long, List<RoiShapes.Outline>> outlines = new TreeMap<>();
            Outlines.traceJoined(labels, ring -> outlines.computeIfAbsent(ring.label(), l -> new ArrayList<>())
                    .add(new RoiShapes.Outline(whole(ring.x()), whole(ring.y()))));
            for (ObjectMeasures found : measured(labels, image)) {
                Roi roi = RoiShapes.of(outlines.get(found.label()));
                composites += roi instanceof ShapeRoi ? 1 : 0;
                image.setRoi(roi);
                ResultsTable table = new ResultsTable();
                Analyzer analyzer = new Analyzer(image, ALL, table);
                analyzer.measure();
                assertSame(table, 0, found);
            }
        }
        assertTrue(composites > 30, "composites: " + composites);
    }

    private static int[] whole(long... values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    @Test
    void channelsOfColours() {
        ColorProcessor colours = new ColorProcessor(4, 1);
        for (int x = 0; x < 4; x++) {
            colours.set(x, 0, (10 * x) << 16 | (20 * x) << 8 | 7);
        }
        RandomAccessibleInterval<IntType> labels = ArrayImgs.ints(new int[] {0, 3, 3, 0}, 4, 1);
        RandomAccessibleInterval<? extends RealType<?>> channels =
                ImagePlusImages.wrap(new ImagePlus("c", colours)).pixels();
        ObjectMeasures found = ObjectMeasurer.measure(labels, Optional.of(channels), PixelGrid.of("px", 1, 1))
                .get(0);
        assertEquals(3, found.label());
        assertArrayEquals(
                new double[] {15, 30, 7},
                found.channels().stream().mapToDouble(Intensity::mean).toArray());
        assertEquals(Math.sqrt(50), found.channels().get(0).sd(), 1e-12);
        assertEquals(new Intensity(7, 0, 7, 7), found.channels().get(2));
    }
}
