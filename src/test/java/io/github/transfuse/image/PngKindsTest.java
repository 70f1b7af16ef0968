package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNG of all numbers of bits and kinds of colours, put together byte by byte. */
class PngKindsTest {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int TABLE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream png = new ByteArrayOutputStream();

    private void chunk(String name, byte... content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
        chunk.putInt(content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + content.length);
        png.writeBytes(chunk.putInt((int) crc.getValue()).array());
    }

    private void begin(int width, int bits, int colors) {
        png.reset();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(1)
                        .put((byte) bits)
                        .put((byte) colors)
                        .array());
    }

    /** One row without a filter. */
    private Path end(int... row) throws IOException {
        chunk("IDAT", TinyTiff.deflated(bytes(row)));
        chunk("IEND");
        return Files.write(folder.resolve("a.png"), png.toByteArray());
    }

    private static byte[] bytes(int... row) {
        byte[] bytes = new byte[row.length + 1];
        for (int i = 0; i < row.length; i++) {
            bytes[i + 1] = (byte) row[i];
        }
        return bytes;
    }

    private static void assertPixels(CalibratedImage image, double... expected) {
        assertArrayEquals(expected, Pixels.of(image));
    }

    @ParameterizedTest
    @CsvSource({"1, 0x60", "2, 0x6c", "4, 0x1f", "8, 7"})
    void greyOfFewBitsIsSpread(int bits, int row) throws IOException {
        int width = Math.min(4, 8 / bits);
        begin(width, bits, GREY);
        double[] seen = Pixels.of(ImageFiles.read(end(row)));
        assertEquals(width, seen.length);
        int max = (1 << bits) - 1;
        for (int i = 0; i < width; i++) {
            int stored = row >> (8 - bits * (i + 1)) & max;
            assertEquals(stored * 255.0 / max, seen[i]);
            assertEquals(stored, Pixels.of(ImageFiles.readLabels(folder.resolve("a.png")))[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0x40", "2, 0x60", "4, 0x12"})
    void indicesOfTablesAreColorsAndStayLabels(int bits, int row) throws IOException {
        begin(2, bits, TABLE);
        byte[] table = {10, 20, 30, 40, 50, 60, 70, 80, 90};
        chunk("PLTE", table);
        Path file = end(row);
        int max = (1 << bits) - 1;
        double[] labels = {row >> (8 - bits) & max, row >> (8 - 2 * bits) & max};
        assertPixels(ImageFiles.readLabels(file), labels);
        CalibratedImage image = ImageFiles.read(file);
        assertEquals("X 2, Y 1, CHANNEL 3", image.describe());
        for (int c = 0; c < 3; c++) {
            assertEquals(table[3 * (int) labels[0] + c], Pixels.of(image)[2 * c]);
            assertEquals(table[3 * (int) labels[1] + c], Pixels.of(image)[2 * c + 1]);
        }
    }

    @Test
    void sixteenBitsStaySixteen() throws IOException {
        begin(2, 16, GREY);
        assertPixels(ImageFiles.read(end(1, 2, 0xff, 0xfe)), 258, 65_534);
        begin(1, 16, RGB);
        assertPixels(ImageFiles.read(end(1, 2, 3, 4, 5, 6)), 258, 772, 1286);
    }

    @Test
    void whatIsTransparentIsWhiteInImagesAndZeroInLabels() throws IOException {
        begin(2, 8, GREY_ALPHA);
        Path grey = end(9, 255, 8, 0);
        assertPixels(ImageFiles.read(grey), 9, 255);
        assertPixels(ImageFiles.readLabels(grey), 9, 0);
        begin(1, 8, RGB_ALPHA);
        assertPixels(ImageFiles.read(end(0, 100, 200, 51)), 204, 224, 244);
        begin(2, 16, RGB_ALPHA);
        Path half = end(0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 3, 255, 255);
        assertPixels(ImageFiles.read(half), 65_535, 1, 65_535, 2, 65_535, 3);
    }

    @Test
    void transparentEntriesOfATableAreWhite() throws IOException {
        begin(2, 8, TABLE);
        chunk("PLTE", (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6);
        chunk("tRNS", (byte) 0);
        assertPixels(ImageFiles.read(end(0, 1)), 255, 4, 255, 5, 255, 6);
    }

    @ParameterizedTest
    @CsvSource({"1, 0x40, '255 255', '0 1'", "2, 0x60, '255 170', '0 2'", "4, 0x12, '255 34', '0 2'"})
    void aTransparentGreyOfFewBitsIsWhiteAndNoLabel(int bits, int row, String shown, String stored) throws IOException {
        begin(2, bits, GREY);
        chunk("tRNS", (byte) 0, (byte) (bits == 1 ? 0 : 1));
        Path file = end(row);
        assertPixels(ImageFiles.read(file), numbers(shown));
        assertPixels(ImageFiles.readLabels(file), numbers(stored));
    }

    private static double[] numbers(String text) {
        return Pattern.compile(" ")
                .splitAsStream(text)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** As programs that pack colours write them: what is transparent has any number. */
    @Test
    void whatIsTransparentInAMaskWithATableIsBackground() throws IOException {
        for (int transparent = 0; transparent <= 1; transparent++) {
            int red = 1 - transparent;
            begin(3, 8, TABLE);
            byte[] table = new byte[6];
            table[3 * red] = (byte) 200;
            chunk("PLTE", table);
            chunk("tRNS", (byte) (transparent == 0 ? 0 : 255), (byte) (transparent == 1 ? 0 : 255));
            CalibratedImage mask = ImageFiles.readLabels(end(red, transparent, red));
            double[] expected =
                    transparent == 0 ? new double[] {1, 0, 1} : new double[] {200, 0, 200, 0, 0, 0, 0, 0, 0};
            assertPixels(mask, expected);
        }
    }

    /** Black, which usually is background, has a later number than another colour where a program packed colours. */
    @ParameterizedTest
    @CsvSource({
        "ff000000ff00000000, '0 1 2', '255 0 0 0 255 0 0 0 0'",
        "ffffff000000, '0 1 1', '255 0 0 255 0 0 255 0 0'",
        "000000ff000000ff00, '0 1 2', '0 1 2'",
        "ff000000ff00000000, '0 1 1', '0 1 1'",
        "ff000000ff00000000, '0 2 2', '0 2 2'",
        "80408000ff00000000, '1 2 2', '1 2 2'"
    })
    void colorsThatAProgramNumberedAreWhatWasDrawn(String table, String row, String seen) throws IOException {
        begin(3, 8, TABLE);
        chunk("PLTE", HexFormat.of().parseHex(table));
        int[] stored =
                Arrays.stream(numbers(row)).mapToInt(value -> (int) value).toArray();
        Path file = end(stored);
        assertPixels(ImageFiles.readLabels(file), numbers(seen));
    }

    @Test
    void coloursOfMasksHaveTheirNumbers() throws IOException {
        begin(3, 8, TABLE);
        chunk("PLTE", HexFormat.of().parseHex("000000ff000000ff00000000"));
        assertEquals(Map.of(0xff0000, 1, 0x00ff00, 2), MaskColors.of(end(1, 2, 1)));
        begin(3, 8, TABLE);
        chunk("PLTE", HexFormat.of().parseHex("000000404040000000"));
        assertEquals(Map.of(0x404040, 1), MaskColors.of(end(0, 1, 2)), "two numbers are black");
        begin(1, 8, GREY);
        assertEquals(Map.of(), MaskColors.of(end(7)));
    }

    @Test
    void opacityThatIsZeroEverywhereIsLeftOutAndThatIsSaid() throws IOException {
        List<String> told = List.of("a.png: its opacity, which is 0 everywhere, is left out.");
        begin(2, 8, GREY_ALPHA);
        Path grey = end(9, 0, 8, 0);
        assertPixels(ImageFiles.read(grey), 9, 8);
        assertEquals(told, ImageFiles.read(grey).notes());
        assertPixels(ImageFiles.readLabels(grey), 9, 8);
        assertEquals(told, ImageFiles.readLabels(grey).notes());
        begin(1, 8, RGB_ALPHA);
        assertPixels(ImageFiles.read(end(10, 100, 200, 0)), 10, 100, 200);
        begin(1, 16, RGB_ALPHA);
        assertPixels(ImageFiles.read(end(0, 1, 0, 2, 0, 3, 0, 0)), 1, 2, 3);
        begin(1, 8, RGB_ALPHA);
        assertEquals(List.of(), ImageFiles.read(end(10, 100, 200, 1)).notes());
    }

    @Test
    void exifTurnsPictures() throws IOException {
        begin(2, 8, GREY);
        byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
        chunk("eXIf", exif);
        Path file = end(1, 2);
        assertEquals("X 1, Y 2", ImageFiles.read(file).describe());
        assertPixels(ImageFiles.readLabels(file), 1, 2);
        begin(2, 8, GREY);
        exif[19] = 2;
        chunk("eXIf", exif);
        assertPixels(ImageFiles.read(end(1, 2)), 2, 1);
    }

    @Test
    void ofAnAnimationTheFirstPictureIsUsedAndItIsSaid() throws IOException {
        for (int frames = 1; frames <= 2; frames++) {
            begin(1, 8, GREY);
            chunk("acTL", ByteBuffer.allocate(8).putInt(frames).array());
            CalibratedImage image = ImageFiles.read(end(7));
            assertPixels(image, 7);
            List<String> told = List.of("The first picture of a.png is used; it holds several.");
            assertEquals(frames == 1 ? List.of() : told, image.notes());
        }
    }
}
