package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.plugin.LutLoader;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageConverter;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours of a picture are used, those for display are not, and what is not plain is told. */
class LookupTablesTest {
    private static final int SIDE = 32;

    private static ImagePlus grey() {
        ByteProcessor pixels = new ByteProcessor(SIDE, SIDE);
        Random random = new Random(1);
        for (int i = 0; i < SIDE * SIDE; i++) {
            pixels.set(i, random.nextInt(256));
        }
        return new ImagePlus("cells.gif", pixels);
    }

    /** As Image > Type > 8-bit Color makes it. */
    private static ImagePlus eightBitColor() {
        ColorProcessor pixels = new ColorProcessor(SIDE, SIDE);
        Random random = new Random(2);
        for (int i = 0; i < SIDE * SIDE; i++) {
            pixels.set(i, random.nextInt(0x1000000));
        }
        ImagePlus image = new ImagePlus("cells.gif", pixels);
        new ImageConverter(image).convertRGBtoIndexedColor(256);
        return image;
    }

    /** One of those that ImageJ has, or grey inverted. */
    private static LUT lut(String name) {
        if (name.equals("invert")) {
            return LUT.createLutFromColor(Color.WHITE).createInvertedLut();
        }
        return new LUT(LutLoader.getLut(name), 0, 255);
    }

    private static double[] stored(ImageProcessor plane) {
        return IntStream.range(0, plane.getPixelCount())
                .mapToDouble(plane::getf)
                .toArray();
    }

    private static void assertStored(ImagePlus image, boolean fromFile, String told) throws UnsupportedImageException {
        LookupTables lookup = LookupTables.of(image, fromFile);
        CalibratedImage read = lookup.read(image);
        assertArrayEquals(stored(image.getProcessor()), Pixels.of(read));
        assertFalse(read.rgb());
        assertTrue(lookup.isStored());
        assertFalse(lookup.isColors());
        assertEquals(told.isEmpty(), read.notes().isEmpty());
        assertTrue(read.notes().toString().contains(told), () -> read.notes().toString());
    }

    private static void assertColors(ImagePlus image, boolean fromFile) throws UnsupportedImageException {
        LookupTables lookup = LookupTables.of(image, fromFile);
        CalibratedImage read = lookup.read(image);
        double[] expected = new double[3 * SIDE * SIDE];
        ImageProcessor shown = image.getProcessor().convertToRGB();
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int c = 0; c < 3; c++) {
                expected[c * SIDE * SIDE + i] = (shown.get(i) >> (16 - 8 * c)) & 0xff;
            }
        }
        assertEquals("X 32, Y 32, CHANNEL 3", read.describe());
        assertTrue(read.rgb());
        assertFalse(lookup.isStored());
        assertTrue(lookup.isColors());
        assertArrayEquals(expected, Pixels.of(read));
        assertTrue(read.notes().toString().contains("RGB Color"), () -> read.notes()
                .toString());
    }

    @Test
    void aPictureOfFewColorsIsSeenInThem() throws UnsupportedImageException {
        assertColors(eightBitColor(), false);
        assertColors(eightBitColor(), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fire", "ice", "spectrum"})
    void falseColoursThatTheUserChoseAreForDisplay(String name) throws UnsupportedImageException {
        ImagePlus image = grey();
        image.setLut(lut(name));
        assertStored(image, false, "'cells.gif' is taken for display only");
        assertColors(image, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "cyan", "grays"})
    void oneHueNeedsNoWord(String name) throws UnsupportedImageException {
        ImagePlus image = grey();
        image.setLut(lut(name));
        assertStored(image, false, "");
        assertStored(image, true, "");
    }

    @Test
    void fewColorsMayBeEither() throws UnsupportedImageException {
        ImagePlus image = grey();
        byte[][] few = new byte[3][256];
        for (int i = 0; i < 256; i++) {
            few[0][i] = (byte) (i / 16 * 16);
            few[1][i] = (byte) (i / 16 % 4 * 60);
        }
        image.setLut(new LUT(few[0], few[1], few[2]));
        LookupTables lookup = LookupTables.of(image, false);
        assertTrue(lookup.note().isEmpty());
        String message = assertThrows(UnsupportedImageException.class, () -> lookup.read(image))
                .getMessage();
        for (String part : new String[] {"cells.gif", "RGB Color", "Grays"}) {
            assertTrue(message.contains(part), message);
        }
        assertColors(image, true);
    }

    @Test
    void whatIsSeenInvertedIsStoredUnlessTheFileSaysSo() throws UnsupportedImageException {
        ImagePlus image = grey();
        image.getProcessor().invertLut();
        assertStored(image, false, "shows it inverted");
        FileInfo info = new FileInfo();
        info.whiteIsZero = true;
        image.setFileInfo(info);
        double[] seen =
                Arrays.stream(stored(image.getProcessor())).map(v -> 255 - v).toArray();
        LookupTables lookup = LookupTables.of(image, false);
        assertFalse(lookup.isStored());
        assertArrayEquals(seen, Pixels.of(lookup.read(image)));
        assertTrue(lookup.read(image).notes().toString().contains("what is seen is used"));
        image.setFileInfo(null);
        assertArrayEquals(seen, Pixels.of(LookupTables.of(image, true).read(image)));
    }

    /** As the reader of files sees them; other tables of 16 bits are only shown. */
    @Test
    void sixteenBitsInWhichZeroIsWhiteAreSeenAsShown() throws UnsupportedImageException {
        ShortProcessor pixels = new ShortProcessor(3, 1);
        pixels.set(1, 1000);
        pixels.set(2, 65535);
        ImagePlus image = new ImagePlus("film.tif", pixels);
        double[] stored = {0, 1000, 65535};
        double[] seen = {65535, 64535, 0};
        pixels.setLut(lut("fire"));
        assertArrayEquals(stored, Pixels.of(LookupTables.of(image, true).read(image)));
        assertEquals(Optional.empty(), LookupTables.of(image, true).note());
        pixels.setLut(lut("invert"));
        LookupTables shown = LookupTables.of(image, false);
        assertArrayEquals(stored, Pixels.of(shown.read(image)));
        assertTrue(shown.note().orElseThrow().contains("shows it inverted"));
        FileInfo info = new FileInfo();
        info.whiteIsZero = true;
        image.setFileInfo(info);
        LookupTables ofFile = LookupTables.of(image, false);
        assertFalse(ofFile.isStored());
        assertArrayEquals(seen, Pixels.of(ofFile.read(image)));
        assertTrue(ofFile.note().orElseThrow().contains("what is seen is used"));
        info.description = "ImageJ=1.54p\n";
        image.setFileInfo(info);
        assertArrayEquals(stored, Pixels.of(LookupTables.of(image, false).read(image)));
        info.description = null;
        image.setFileInfo(info);
        image.getCalibration().setSigned16BitCalibration();
        assertTrue(LookupTables.of(image, false).isStored(), "calibrated values have a meaning of their own");
    }

    /** It saves tables that were chosen for display. */
    @Test
    void tablesThatImageJSavedAreForDisplay() throws UnsupportedImageException {
        FileInfo info = new FileInfo();
        info.description = "ImageJ=1.54p\n";
        info.whiteIsZero = true;
        ImagePlus image = grey();
        image.setFileInfo(info);
        image.setLut(lut("fire"));
        assertStored(image, true, "display only");
        image.setLut(lut("invert"));
        assertStored(image, true, "shows it inverted");
    }

    @Test
    void stacksAndPartsHaveTheColorsOfTheirTable() throws UnsupportedImageException {
        ImagePlus one = eightBitColor();
        ImageStack stack = new ImageStack(SIDE, SIDE, one.getProcessor().getColorModel());
        stack.addSlice(one.getProcessor());
        stack.addSlice(one.getProcessor().duplicate());
        ImagePlus image = new ImagePlus("two", stack);
        CalibratedImage read = LookupTables.of(image, false).read(image);
        assertEquals("X 32, Y 32, Z 2, CHANNEL 3", read.describe());
        assertEquals(
                (one.getProcessor().convertToRGB().get(5, 7) >> 8) & 0xff,
                Pixels.of(read)[(1 * 2 + 1) * SIDE * SIDE + 7 * SIDE + 5]);
    }

    @Test
    void theColorOfAThresholdAndOtherTypesAreNoTables() throws UnsupportedImageException {
        ImagePlus image = grey();
        image.getProcessor().setThreshold(100, 255, ImageProcessor.RED_LUT);
        assertStored(image, false, "");
        ImagePlus sixteen = new ImagePlus("16", grey().getProcessor().convertToShort(false));
        sixteen.setLut(lut("fire"));
        assertStored(sixteen, false, "");
    }
}
