package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.LUT;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of TIFF whose stored numbers are not what is seen, compared with values worked out by hand. */
class TiffKindsTest {
    private static final int PALETTE = 3;
    private static final int DEFLATE = 8;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("kind.tif");
    }

    private CalibratedImage read(TinyTiff... pages) throws IOException {
        return ImageFiles.read(TinyTiff.write(file(), pages));
    }

    private double[] labels(TinyTiff page) throws IOException {
        return Pixels.of(ImageFiles.readLabels(TinyTiff.write(file(), page)));
    }

    private static void assertPixels(CalibratedImage image, double... expected) {
        assertArrayEquals(expected, Pixels.of(image));
    }

    private static TinyTiff palette(int bits, long... colors) {
        return TinyTiff.of(4, 1, 1, bits).tag(262, TinyTiff.SHORT, PALETTE).tag(320, TinyTiff.SHORT, colors);
    }

    /** Four colours of a table of four. */
    private static TinyTiff fourColors() {
        return palette(2, 0, 0xffff, 0x8000, 0, 0, 0, 0x8000, 0xffff, 0, 0, 0x8000, 0x1000)
                .block(0b00_01_10_11);
    }

    @Test
    void colorTablesAreLookedUpInImagesAndNotInLabels() throws IOException {
        CalibratedImage image = read(fourColors());
        assertEquals("X 4, Y 1, CHANNEL 3", image.describe());
        assertTrue(image.rgb());
        assertPixels(image, 0, 255, 128, 0, 0, 0, 128, 255, 0, 0, 128, 16);
        assertTrue(image.notes().isEmpty());
        assertArrayEquals(new double[] {0, 1, 2, 3}, labels(fourColors()));
    }

    @Test
    void tablesOfBytesWhereShortsBelongAreUnderstood() throws IOException {
        TinyTiff page =
                palette(2, 0, 255, 128, 0, 0, 0, 128, 255, 0, 0, 128, 16).block(0b00_01_10_11);
        assertPixels(read(page), 0, 255, 128, 0, 0, 0, 128, 255, 0, 0, 128, 16);
    }

    @Test
    void aGreyTableIsOneChannel() throws IOException {
        long[] falling = {0xffff, 0x8000, 0x4000, 0, 0xffff, 0x8000, 0x4000, 0, 0xffff, 0x8000, 0x4000, 0};
        assertPixels(read(palette(2, falling).block(0b00_01_10_11)), 255, 128, 64, 0);
    }

    /** Microscopes save fluorescence in the colour of its channel. */
    @Test
    void aRampOfOneHueIsForDisplayAndIsTold() throws IOException {
        long[] green = new long[3 * 256];
        for (int i = 0; i < 256; i++) {
            green[256 + i] = 257L * i;
        }
        CalibratedImage image = read(palette(8, green).block(0, 7, 200, 255));
        assertPixels(image, 0, 7, 200, 255);
        assertTrue(image.notes().get(0).contains("taken for display only"), image.notes()::toString);
    }

    @ParameterizedTest
    @CsvSource({"1, '255 0 0 255'", "8, '254 253 0 255'", "16, '65534 65533 0 65535'"})
    void whiteMayBeZero(int bits, String expected) throws IOException {
        TinyTiff page = TinyTiff.of(4, 1, 1, bits).tag(262, TinyTiff.SHORT, 0);
        switch (bits) {
            case 1 -> page.block(0b0110_0000);
            case 8 -> page.block(1, 2, 255, 0);
            default -> page.block(1, 0, 2, 0, 255, 255, 0, 0);
        }
        assertPixels(read(page), numbers(expected));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void oneBitLabelsAreZeroAndOneAsShown() throws IOException {
        assertArrayEquals(
                new double[] {0, 1, 1, 0}, labels(TinyTiff.of(4, 1, 1, 1).block(0b0110_0000)));
        TinyTiff white = TinyTiff.of(4, 1, 1, 1).tag(262, TinyTiff.SHORT, 0).block(0b0110_0000);
        assertArrayEquals(new double[] {1, 0, 0, 1}, labels(white));
        assertEquals(
                List.of("Labels whose files say that white is 0 are read as they are shown: black is 0."),
                ImageFiles.readLabels(file()).notes());
    }

    /** As {@code tifffile.imwrite(file, mask)} and {@code imageio.v3.imwrite} write an array of true and false. */
    @Test
    void masksOfTruthByPythonAreNotInverted() throws IOException {
        TinyTiff mask = TinyTiff.of(4, 1, 1, 1)
                .tag(262, TinyTiff.SHORT, 0)
                .text(305, "tifffile.py")
                .block(0b0110_0000);
        assertArrayEquals(new double[] {0, 1, 1, 0}, labels(mask));
        assertTrue(ImageFiles.readLabels(file()).notes().toString().contains("true where they are 1"));
        assertPixels(ImageFiles.read(file()), 255, 0, 0, 255);
    }

    @Test
    void fewBitsAreSpreadInImagesAndKeptInLabels() throws IOException {
        assertPixels(read(TinyTiff.of(4, 1, 1, 4).block(0x01, 0xaf)), 0, 17, 170, 255);
        assertArrayEquals(
                new double[] {0, 1, 10, 15}, labels(TinyTiff.of(4, 1, 1, 4).block(0x01, 0xaf)));
    }

    @Test
    void twelveBitsAreMeasuredInGreyAndSpreadInColors() throws IOException {
        assertPixels(read(TinyTiff.of(2, 1, 1, 12).block(0xff, 0xf0, 0x64)), 4095, 100);
        assertPixels(read(TinyTiff.of(1, 1, 3, 12).block(0xff, 0xf0, 0x64, 0x00, 0x00)), 65_535, 1600, 0);
    }

    @Test
    void halfFloatsAreNumbers() throws IOException {
        int[] bits = {0x0000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x3555, 0xb800};
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int each : bits) {
            bytes.putShort((short) each);
        }
        TinyTiff page = TinyTiff.of(8, 1, 1, 16).tag(339, TinyTiff.SHORT, 3).block(bytes.array());
        assertPixels(
                read(page), 0, 1, -2, 65_504, Math.pow(2, -24), 1023 * Math.pow(2, -24), 1365 * Math.pow(2, -12), -0.5);
    }

    /** The bytes of numbers of a row, the highest of all first, and of these the differences. */
    private static byte[] predicted(byte[][] bigEndian, int samples) {
        int size = bigEndian[0].length;
        byte[] planes = new byte[bigEndian.length * size];
        for (int b = 0; b < size; b++) {
            for (int i = 0; i < bigEndian.length; i++) {
                planes[b * bigEndian.length + i] = bigEndian[i][b];
            }
        }
        byte[] differences = planes.clone();
        for (int i = samples; i < planes.length; i++) {
            differences[i] = (byte) (planes[i] - planes[i - samples]);
        }
        return differences;
    }

    @ParameterizedTest
    @CsvSource({"32, 1, true", "32, 3, true", "32, 1, false", "64, 1, true"})
    void predictedFloatsAreWhatWasStored(int bits, int samples, boolean little) throws IOException {
        float[] values = new float[2 * 5 * samples];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i) * 1000 + i;
        }
        ByteBuffer rows = ByteBuffer.allocate(values.length * bits / 8);
        for (int y = 0; y < 2; y++) {
            byte[][] numbers = new byte[5 * samples][];
            for (int i = 0; i < numbers.length; i++) {
                float value = values[y * numbers.length + i];
                ByteBuffer number = ByteBuffer.allocate(bits / 8);
                numbers[i] = (bits == 32 ? number.putFloat(value) : number.putDouble(value)).array();
            }
            rows.put(predicted(numbers, samples));
        }
        TinyTiff page = TinyTiff.of(5, 2, samples, bits)
                .tag(339, TinyTiff.SHORT, 3)
                .tag(317, TinyTiff.SHORT, 3)
                .tag(259, TinyTiff.SHORT, DEFLATE)
                .block(TinyTiff.deflated(rows.array()));
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        CalibratedImage image = ImageFiles.read(TinyTiff.write(file(), order, false, page));
        assertFalse(image.rgb());
        double[] read = Pixels.of(image);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], read[i % samples * 10 + i / samples]);
        }
    }

    @Test
    void differencesOfWholeNumbersAreSummed() throws IOException {
        TinyTiff page = TinyTiff.of(3, 1, 1, 16)
                .tag(317, TinyTiff.SHORT, 2)
                .tag(262, TinyTiff.SHORT, 0)
                .tag(259, TinyTiff.SHORT, DEFLATE)
                .block(TinyTiff.deflated(new byte[] {10, 1, 5, 0, -1, -1}));
        assertPixels(read(page), 65_535 - 266, 65_535 - 271, 65_535 - 270);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void planesOfColorsAreColors(boolean sixteen) throws IOException {
        TinyTiff page = TinyTiff.of(2, 2, 3, sixteen ? 16 : 8)
                .tag(284, TinyTiff.SHORT, 2)
                .tag(278, TinyTiff.LONG, 1);
        double[] expected = new double[12];
        for (int i = 0; i < 6; i++) {
            page.block(sixteen ? new int[] {i, 2, i, 3} : new int[] {20 * i, 20 * i + 1});
            expected[2 * i] = sixteen ? 512 + i : 20 * i;
            expected[2 * i + 1] = sixteen ? 768 + i : 20 * i + 1;
        }
        CalibratedImage image = read(page);
        assertEquals("X 2, Y 2, CHANNEL 3", image.describe());
        assertTrue(image.rgb());
        assertPixels(image, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2, '10 255 20 255 30 255'",
        "1, '10 255 20 255 30 255'",
        "0, '10 7 20 8 30 9 255 0'",
    })
    void aFourthSampleIsTransparencyIfItSaysSo(int kind, String expected) throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 4, 8).tag(338, TinyTiff.SHORT, kind);
        page.block(10, 20, 30, 255, kind == 1 ? 0 : 7, kind == 1 ? 0 : 8, kind == 1 ? 0 : 9, 0);
        assertPixels(read(page), numbers(expected));
    }

    @Test
    void halfTransparentShowsHalfWhite() throws IOException {
        TinyTiff page = TinyTiff.of(1, 1, 4, 16).tag(338, TinyTiff.SHORT, 2);
        page.block(0, 0, 0x00, 0x80, 0xff, 0xff, 0x00, 0x80);
        double half = 32_767;
        assertPixels(read(page), half, Math.rint(32_768.0 * 32_768 / 65_535) + half, 65_535);
    }

    @Test
    void opacityThatIsEmptyOrFullEverywhereSaysNothing() throws IOException {
        TinyTiff none = TinyTiff.of(1, 1, 4, 8).tag(338, TinyTiff.SHORT, 2).block(10, 20, 30, 0);
        assertPixels(read(none), 10, 20, 30);
        assertPixels(read(TinyTiff.of(1, 1, 4, 8).block(10, 20, 30, 255)), 10, 20, 30);
    }

    @Test
    void whatIsDecidedAboutOpacityIsSaidOnce() throws IOException {
        TinyTiff none = TinyTiff.of(1, 1, 4, 8).tag(338, TinyTiff.SHORT, 2).block(10, 20, 30, 0);
        assertEquals(
                List.of("kind.tif: its opacity, which is 0 everywhere, is left out."),
                read(none, none).notes());
        assertEquals(
                List.of("kind.tif: its fourth sample, which is full everywhere, is taken for the opacity."),
                read(TinyTiff.of(1, 1, 4, 8).block(10, 20, 30, 255)).notes());
        TinyTiff stated = TinyTiff.of(1, 1, 4, 8).tag(338, TinyTiff.SHORT, 2).block(10, 20, 30, 255);
        assertEquals(List.of(), read(stated).notes());
    }

    @Test
    void whatIsTransparentInAMaskIsBackground() throws IOException {
        TinyTiff page = TinyTiff.of(3, 1, 2, 8).tag(338, TinyTiff.SHORT, 2).block(255, 255, 255, 0, 255, 100);
        assertArrayEquals(new double[] {255, 0, 0}, labels(page));
    }

    @Test
    void aSecondSampleOfGreyIsAChannel() throws IOException {
        CalibratedImage image =
                read(TinyTiff.of(2, 1, 2, 8).tag(338, TinyTiff.SHORT, 0).block(1, 2, 3, 4));
        assertEquals("X 2, Y 1, CHANNEL 2", image.describe());
        assertPixels(image, 1, 3, 2, 4);
        assertFalse(image.rgb());
        assertPixels(read(TinyTiff.of(2, 1, 2, 8).block(1, 255, 3, 255)), 1, 3, 255, 255);
    }

    @Test
    void inksAreShownAsLight() throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 4, 8).tag(262, TinyTiff.SHORT, 5).block(0, 51, 255, 0, 0, 51, 255, 51);
        assertPixels(read(page), 255, 204, 204, 163, 0, 0);
    }

    @Test
    void brightnessAndColorDifferencesBecomeColors() throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 3, 8).tag(262, TinyTiff.SHORT, 6).tag(530, TinyTiff.SHORT, 1, 1);
        page.block(76, 85, 255, 100, 128, 128);
        double[] read = Pixels.of(read(page));
        assertArrayEquals(new double[] {254, 100, 0, 100, 0, 100}, read, 1.5);
    }

    @ParameterizedTest
    @CsvSource({"8", "16", "32", "64"})
    void wholeNumbersMayBeSignedAndOfAnyWidth(int bits) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : new int[] {-3, 0, 2, 100}) {
            switch (bits) {
                case 8 -> bytes.put((byte) value);
                case 16 -> bytes.putShort((short) value);
                case 32 -> bytes.putInt(value);
                default -> bytes.putLong(value);
            }
        }
        TinyTiff page = TinyTiff.of(4, 1, 1, bits).tag(339, TinyTiff.SHORT, 2);
        page.block(Arrays.copyOf(bytes.array(), bytes.position()));
        assertPixels(read(page), -3, 0, 2, 100);
    }

    @Test
    void largeUnsignedNumbersAreNotNegative() throws IOException {
        assertPixels(read(TinyTiff.of(1, 1, 1, 32).block(0, 0, 0, 0xc0)), 3 * Math.pow(2, 30));
        assertPixels(read(TinyTiff.of(1, 1, 1, 64).block(0, 0, 0, 0, 0, 0, 0, 0xc0)), 3 * Math.pow(2, 62));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void bigTiffsAreRead(boolean little, boolean twoPages) throws IOException {
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        TinyTiff first = TinyTiff.of(2, 1, 1, 8).block(5, 6);
        TinyTiff second = TinyTiff.of(2, 1, 1, 8).block(7, 8);
        TinyTiff[] pages = twoPages ? new TinyTiff[] {first, second} : new TinyTiff[] {first};
        CalibratedImage image = ImageFiles.read(TinyTiff.write(file(), order, true, pages));
        assertEquals(twoPages ? "X 2, Y 1, Z 2" : "X 2, Y 1", image.describe());
        assertPixels(image, twoPages ? new double[] {5, 6, 7, 8} : new double[] {5, 6});
    }

    @Test
    void bitsMayBeStoredTheOtherWayRound() throws IOException {
        assertPixels(read(TinyTiff.of(2, 1, 1, 8).tag(266, TinyTiff.SHORT, 2).block(1, 0xf0)), 128, 15);
    }

    @Test
    void theLargestPageIsReadAndTold() throws IOException {
        TinyTiff thumbnail = TinyTiff.of(2, 1, 1, 8).block(1, 2);
        TinyTiff whole = TinyTiff.of(3, 1, 1, 8).block(3, 4, 5);
        CalibratedImage image = read(thumbnail, whole);
        assertPixels(image, 3, 4, 5);
        assertTrue(image.notes().get(0).contains("2 pages"), image.notes()::toString);
        TinyTiff reduced = TinyTiff.of(4, 1, 1, 8).tag(254, TinyTiff.LONG, 1).block(6, 7, 8, 9);
        assertPixels(read(reduced, TinyTiff.of(3, 1, 1, 8).block(3, 4, 5)), 3, 4, 5);
        reduced = TinyTiff.of(4, 1, 1, 8).tag(254, TinyTiff.LONG, 1).block(6, 7, 8, 9);
        assertPixels(read(TinyTiff.of(3, 1, 1, 8).block(3, 4, 5), reduced), 3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "XYCZT, '0 1 2 3 4 5'",
        "XYZCT, '0 2 4 1 3 5'",
    })
    void omeSaysWhichPageIsWhat(String order, String expected) throws IOException {
        TinyTiff[] pages = new TinyTiff[6];
        for (int i = 0; i < 6; i++) {
            pages[i] = TinyTiff.of(1, 1, 1, 8).block(i);
        }
        String xml =
                "<OME><Image><Pixels DimensionOrder=\"" + order + "\" SizeX=\"1\" SizeY=\"1\" SizeC=\"2\" SizeZ=\"3\""
                        + " SizeT=\"1\" PhysicalSizeX=\"0.5\" PhysicalSizeY=\"0.25\" PhysicalSizeZ=\"2\""
                        + " PhysicalSizeXUnit=\"\u00b5m\"><TiffData/></Pixels></Image></OME>";
        pages[0].text(270, xml);
        CalibratedImage image = read(pages);
        assertEquals("X 1, Y 1, CHANNEL 2, Z 3", image.describe());
        double[] byOrder = numbers(expected);
        double[] values = Pixels.of(image);
        for (int i = 0; i < 6; i++) {
            assertEquals(order.equals("XYCZT") ? byOrder[i] : i % 2 * 3 + i / 2, values[i]);
        }
        assertEquals(
                List.of(0.5, 0.25, 1.0, 2.0),
                image.axes().stream().map(Axis::size).toList());
        assertEquals("micron", image.axes().get(0).unit());
    }

    @Test
    void dotsOfAScreenAreNoCalibration() throws IOException {
        for (Map.Entry<Integer, Double> unit : Map.of(2, 1.0, 3, 2.54).entrySet()) {
            long dots = Math.round(72_000_000 / unit.getValue());
            TinyTiff page = TinyTiff.of(1, 1, 1, 4).block(0);
            page.tag(282, TinyTiff.RATIONAL, dots, 1_000_000).tag(283, TinyTiff.RATIONAL, dots, 1_000_000);
            assertFalse(read(page.tag(296, TinyTiff.SHORT, unit.getKey()))
                    .axes()
                    .get(0)
                    .isCalibrated());
        }
        TinyTiff page = TinyTiff.of(1, 1, 1, 4).block(0).tag(296, TinyTiff.SHORT, 3);
        page.tag(282, TinyTiff.RATIONAL, 10_000, 2).tag(283, TinyTiff.RATIONAL, 10_000, 1);
        assertEquals(new Axis(Axis.Kind.X, 2e-4, "cm"), read(page).axes().get(0));
        assertEquals(1e-4, read(page).axes().get(1).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"colored", "grey", "inverted"})
    void stacksOfImageJAreWholeInAnyColors(String table) throws IOException {
        ImageStack stack = new ImageStack(2, 1);
        for (int i = 1; i <= 3; i++) {
            stack.addSlice("slice " + i, new byte[] {(byte) i, (byte) (10 * i)});
        }
        ImagePlus imp = new ImagePlus("stack", stack);
        imp.getCalibration().pixelWidth = 0.5;
        imp.getCalibration().setUnit("mm");
        byte[] rising = new byte[256];
        byte[] falling = new byte[256];
        for (int i = 0; i < 256; i++) {
            rising[i] = (byte) i;
            falling[i] = (byte) (255 - i);
        }
        byte[] red = table.equals("inverted") ? falling : rising;
        byte[] blue = table.equals("grey") ? rising : falling;
        imp.setLut(new LUT(red, red, blue));
        assertTrue(new FileSaver(imp).saveAsTiff(file().toString()));
        CalibratedImage image = ImageFiles.read(file());
        assertEquals("X 2, Y 1, Z 3", image.describe());
        assertEquals(new Axis(Axis.Kind.X, 0.5, "mm"), image.axes().get(0));
        assertPixels(image, 1, 10, 2, 20, 3, 30);
        assertEquals("slice 2", image.sliceLabels().get(1));
        assertEquals(!table.equals("grey"), !image.notes().isEmpty(), image.notes()::toString);
    }

    @Test
    void planesBehindTheOnlyPageThatIsListedAreRead() throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 1, 8).tag(262, TinyTiff.SHORT, 0).block(1, 2, 3, 4, 5, 6);
        page.tag(279, TinyTiff.LONG, 2).text(270, "ImageJ=1.54p\nimages=3\nslices=3\n");
        CalibratedImage image = read(page);
        assertEquals("X 2, Y 1, Z 3", image.describe());
        assertPixels(image, 254, 253, 252, 251, 250, 249);
    }

    @ParameterizedTest
    @CsvSource({"JPEG, 6", "Deflate, 0", "LZW, 0", "PackBits, 0"})
    void compressionsGiveThePixelsBack(String compression, double tolerance) throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
            BufferedImage picture = new BufferedImage(40, 30, type);
            WritableRaster raster = picture.getRaster();
            int bands = raster.getNumBands();
            for (int i = 0; i < 1200 * bands; i++) {
                int band = i / 1200;
                raster.setSample(i % 40, i / 40 % 30, band, 3 * (i % 40) + 2 * (i / 40 % 30) + 20 * band);
            }
            Tiffs.write(file(), compression, picture);
            double[] expected = new double[1200 * bands];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = raster.getSample(i % 40, i / 40 % 30, i / 1200);
            }
            assertArrayEquals(expected, Pixels.of(ImageFiles.read(file())), tolerance);
        }
    }

    /** So many codes that the table is filled to its last width, and begun anew. */
    @Test
    void longStripsOfLzwAreReadToTheirEnd() throws IOException {
        BufferedImage picture = new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(2);
        double[] expected = new double[10_000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = random.nextInt(256);
            picture.getRaster().setSample(i % 100, i / 100, 0, expected[i]);
        }
        Tiffs.write(file(), "LZW", picture);
        assertPixels(ImageFiles.read(file()), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
    void faxesAreBlackAndWhite(String compression) throws IOException {
        BufferedImage picture = new BufferedImage(16, 2, BufferedImage.TYPE_BYTE_BINARY);
        picture.setRGB(3, 1, 0xffffff);
        Tiffs.write(file(), compression, picture);
        double[] expected = new double[32];
        expected[19] = 255;
        assertPixels(ImageFiles.read(file()), expected);
        expected[19] = 1;
        assertArrayEquals(expected, Pixels.of(ImageFiles.readLabels(file())));
    }
}
