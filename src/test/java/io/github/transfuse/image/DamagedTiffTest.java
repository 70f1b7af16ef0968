package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TIFF files that lie, or are not whole, are refused by name at once: no half picture, no endless loop, no full memory. */
class DamagedTiffTest {
    private static final int COMPRESSION = 259;
    private static final int LZW = 5;
    private static final int DEFLATE = 8;
    private static final int PACK_BITS = 32_773;
    private static final byte[] PIXELS = new byte[64];

    @TempDir
    Path folder;

    static {
        Arrays.setAll(new int[PIXELS.length], i -> PIXELS[i] = (byte) (3 * i));
    }

    private Path file() {
        return folder.resolve("damaged.tif");
    }

    private static TinyTiff page() {
        return TinyTiff.of(8, 8, 1, 8);
    }

    private static TinyTiff packed(int compression, byte... bytes) {
        return page().tag(COMPRESSION, TinyTiff.SHORT, compression).block(bytes);
    }

    private static void assertRefused(Path file, String word) {
        UnsupportedImageException e = assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file)));
        String message = e.getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
        assertTrue(message.endsWith("."), message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void liesAreRefused(String word, TinyTiff page) throws IOException {
        assertRefused(TinyTiff.write(file(), page), word);
    }

    static Stream<Arguments> lies() throws IOException {
        byte[] whole = TinyTiff.deflated(PIXELS);
        byte[] checksum = whole.clone();
        checksum[checksum.length - 1]++;
        byte[] zeroed = whole.clone();
        Arrays.fill(zeroed, 20, zeroed.length, (byte) 0);
        byte[] huge = TinyTiff.deflated(new byte[60_000]);
        return Stream.of(
                Arguments.of("without end", page().block(PIXELS).next(8 + 64)),
                Arguments.of("behind its end", page().block(PIXELS).next(1 << 30)),
                Arguments.of("behind the end", page().block(PIXELS).tag(273, TinyTiff.LONG, 1 << 30)),
                Arguments.of(
                        "behind the end",
                        page().block(Arrays.copyOf(PIXELS, 63)).tag(273, TinyTiff.LONG, 300)),
                Arguments.of(
                        "1 strips or tiles, but its size needs 8",
                        page().block(PIXELS).tag(278, TinyTiff.LONG, 1)),
                Arguments.of("strips are 8 x 0", page().block(PIXELS).tag(278, TinyTiff.LONG, 0)),
                Arguments.of("data check", packed(DEFLATE, checksum)),
                Arguments.of("strip", packed(DEFLATE, zeroed)),
                Arguments.of("strip", packed(DEFLATE, Arrays.copyOf(whole, whole.length - 8))),
                Arguments.of("checksum", packed(DEFLATE, Arrays.copyOf(whole, whole.length - 4))),
                Arguments.of("fewer pixels", packed(DEFLATE, TinyTiff.deflated(Arrays.copyOf(PIXELS, 63)))),
                Arguments.of("other data", packed(DEFLATE, TinyTiff.deflated(Arrays.copyOf(PIXELS, 65)))),
                Arguments.of("other data", packed(DEFLATE, huge)),
                Arguments.of("fewer pixels", packed(PACK_BITS, (byte) -62, (byte) 1)),
                Arguments.of("fewer pixels", packed(PACK_BITS, (byte) 63, (byte) 1)),
                Arguments.of("other data", packed(PACK_BITS, (byte) -64, (byte) 1)),
                Arguments.of("fewer pixels", packed(LZW, new byte[] {(byte) 0x80, 0x0b, 0x60, 0x50})),
                Arguments.of("LZW table lacks", packed(LZW, new byte[] {(byte) 0x80, 0x7f, (byte) 0xff, 0, 0})),
                Arguments.of(
                        "cannot hold",
                        packed(DEFLATE, whole)
                                .tag(256, TinyTiff.LONG, 46_000)
                                .tag(257, TinyTiff.LONG, 46_000)
                                .tag(278, TinyTiff.LONG, 46_000)),
                Arguments.of("0 samples", page().block(PIXELS).tag(277, TinyTiff.SHORT, 0)),
                Arguments.of(
                        "colour table of 3 values",
                        page().block(PIXELS).tag(262, TinyTiff.SHORT, 3).tag(320, TinyTiff.SHORT, 1, 2, 3)),
                Arguments.of(
                        "metadata",
                        page().block(PIXELS)
                                .tag(50_838, TinyTiff.LONG, 5, 1 << 30)
                                .tag(50_839, TinyTiff.SHORT, 1, 2, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void otherKindsAreRefusedByName(String word, TinyTiff page) throws IOException {
        assertRefused(TinyTiff.write(file(), page), "of a kind that is not read (" + word);
    }

    static Stream<Arguments> kinds() throws IOException {
        TinyTiff sparse = page().tag(322, TinyTiff.LONG, 16).tag(323, TinyTiff.LONG, 16);
        sparse.tag(324, TinyTiff.LONG, 0).tag(325, TinyTiff.LONG, 0);
        TinyTiff subsampled =
                TinyTiff.of(4, 4, 3, 8).tag(262, TinyTiff.SHORT, 6).block(PIXELS);
        return Stream.of(
                Arguments.of(
                        "unsigned numbers of 24 bits", TinyTiff.of(4, 4, 1, 24).block(PIXELS)),
                Arguments.of(
                        "float numbers of 24 bits",
                        TinyTiff.of(4, 4, 1, 24).tag(339, TinyTiff.SHORT, 3).block(PIXELS)),
                Arguments.of("sample format 6", page().block(PIXELS).tag(339, TinyTiff.SHORT, 6)),
                Arguments.of(
                        "samples that differ",
                        TinyTiff.of(4, 4, 3, 8)
                                .tag(258, TinyTiff.SHORT, 5, 6, 5)
                                .block(PIXELS)),
                Arguments.of("compression 65000", packed(65_000, PIXELS)),
                Arguments.of("compressed by JPEG 2000", packed(34_712, PIXELS)),
                Arguments.of("compressed by JPEG 2000", packed(33_003, PIXELS)),
                Arguments.of("compressed by LERC", packed(34_887, PIXELS)),
                Arguments.of("compressed by LZMA", packed(34_925, PIXELS)),
                Arguments.of("compressed by PNG", packed(34_933, PIXELS)),
                Arguments.of("compressed by WebP", packed(50_001, PIXELS)),
                Arguments.of("compressed by JPEG XL", packed(50_002, PIXELS)),
                Arguments.of("compressed by LogLuv", packed(34_676, PIXELS)),
                Arguments.of("strips or tiles that are left out", sparse),
                Arguments.of("colours of fewer pixels", subsampled.tag(530, TinyTiff.SHORT, 2, 2)),
                Arguments.of("colours of kind 8", page().block(PIXELS).tag(262, TinyTiff.SHORT, 8)),
                Arguments.of(
                        "inks",
                        TinyTiff.of(2, 2, 4, 8)
                                .tag(262, TinyTiff.SHORT, 5)
                                .tag(332, TinyTiff.SHORT, 2)
                                .block(PIXELS)),
                Arguments.of(
                        "predictor 4",
                        packed(DEFLATE, TinyTiff.deflated(PIXELS)).tag(317, TinyTiff.SHORT, 4)),
                Arguments.of("LZW from before 1992", packed(LZW, new byte[] {0, 1, 2, 3})),
                Arguments.of(
                        "white is zero",
                        TinyTiff.of(4, 4, 1, 32).tag(262, TinyTiff.SHORT, 0).block(PIXELS)),
                Arguments.of(
                        "a stack of which",
                        packed(PACK_BITS, PIXELS)
                                .text(270, "ImageJ=1\nimages=2\n")
                                .tag(262, TinyTiff.SHORT, 0)));
    }

    @Test
    void pagesOfOneSizeButOfTwoTypesAreRefused() throws IOException {
        TinyTiff other = TinyTiff.of(8, 8, 1, 16).block(new byte[128]);
        assertRefused(TinyTiff.write(file(), page().block(PIXELS), other), "pages of one size");
    }

    @Test
    void twoPagesThatLeadToEachOtherAreRefused() throws IOException {
        Path file = TinyTiff.write(
                file(), page().block(PIXELS), page().block(PIXELS).next(8 + 128));
        assertRefused(file, "without end");
    }

    /** A thousand pages of one strip would be made of some kilobytes. */
    @Test
    void pagesThatShareTheirBytesAreRefused() throws IOException {
        TinyTiff[] pages = new TinyTiff[50];
        Arrays.setAll(
                pages,
                i -> TinyTiff.of(100, 100, 1, 8).tag(273, TinyTiff.LONG, 8).tag(279, TinyTiff.LONG, 10_000));
        pages[0].block(new byte[10_000]);
        assertRefused(TinyTiff.write(file(), pages), "share their bytes");
    }

    /** Each directory may name the same long list, which takes the time of all of them. */
    @Test
    void directoriesThatShareTheirValuesAreRefused() throws IOException {
        long[] bits = new long[20_000];
        Arrays.fill(bits, 8);
        TinyTiff[] pages = new TinyTiff[40];
        Arrays.setAll(pages, i -> page().block(PIXELS));
        pages[0].tag(258, TinyTiff.SHORT, bits);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(TinyTiff.write(file(), pages)));
        int directory = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        int list = bytes.getInt(directory + 2 + 2 * 12 + 8);
        while (directory != 0) {
            bytes.putInt(directory + 2 + 2 * 12 + 4, bits.length).putInt(directory + 2 + 2 * 12 + 8, list);
            directory = bytes.getInt(directory + 2 + 12 * bytes.getShort(directory));
        }
        assertRefused(Files.write(file(), bytes.array()), "the same bytes many times");
    }

    @ParameterizedTest
    @CsvSource({"4, 8", "8, 4", "200, 8"})
    void aJpegOfAnotherSizeThanItsStripIsRefused(int width, int height) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "jpg", jpeg);
        assertRefused(TinyTiff.write(file(), packed(7, jpeg.toByteArray())), "JPEG of");
    }

    /** Each length of a value, and each count of strips, may be a lie of gigabytes. */
    @ParameterizedTest
    @CsvSource({"270, 2", "273, 4", "279, 4", "258, 3", "282, 5", "33628, 4", "320, 3"})
    void lengthsOfValuesAreNotBelieved(int tag, int type) throws IOException {
        TinyTiff page = page().block(PIXELS).tag(tag, type, type == 5 ? new long[] {1, 1} : new long[] {8, 8, 8});
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(TinyTiff.write(file(), page)));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(4);
        for (int i = 0; i < bytes.getShort(directory); i++) {
            int at = directory + 2 + 12 * i;
            if (Short.toUnsignedInt(bytes.getShort(at)) == tag) {
                bytes.putInt(at + 4, 200_000_000);
            }
        }
        assertRefused(Files.write(file(), bytes.array()), "truncated or damaged");
    }

    @ParameterizedTest
    @CsvSource({"LZW", "Deflate", "PackBits", "JPEG", "CCITT T.6", "CCITT T.4"})
    void noCutStripIsHalfRead(String compression) throws IOException {
        boolean fax = compression.startsWith("CCITT");
        BufferedImage picture =
                new BufferedImage(64, 48, fax ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 48; i++) {
            picture.getRaster().setSample(i % 64, i / 64, 0, random.nextInt(fax ? 2 : 256));
        }
        Tiffs.write(file(), compression, picture);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file()));
        int directory = bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .getInt(4);
        for (int i = 0; i < bytes.getShort(directory); i++) {
            int at = directory + 2 + 12 * i;
            if (Short.toUnsignedInt(bytes.getShort(at)) == 279) {
                int place = bytes.getInt(at + 4) == 1 ? at + 8 : bytes.getInt(at + 8);
                boolean small = bytes.getShort(at + 2) == 3;
                int length = small ? bytes.getShort(place) & 0xffff : bytes.getInt(place);
                if (small) {
                    bytes.putShort(place, (short) (length * 2 / 3));
                } else {
                    bytes.putInt(place, length * 2 / 3);
                }
            }
        }
        ImageFiles.read(file());
        assertRefused(Files.write(file(), bytes.array()), "truncated or damaged");
    }

    @Test
    void anOmeFileOfSeveralOrInAnotherOrderIsRefused() throws IOException {
        String pixels =
                "<OME><Image><Pixels DimensionOrder=\"XYCZT\" SizeC=\"%d\" SizeZ=\"1\" SizeT=\"1\">%s</Pixels></Image></OME>";
        assertRefused(
                TinyTiff.write(file(), page().block(PIXELS).text(270, pixels.formatted(2, "<TiffData/>"))),
                "needs 2 pages");
        String elsewhere = "<TiffData IFD=\"0\"><UUID FileName=\"a\">1</UUID></TiffData>"
                + "<TiffData FirstC=\"1\" IFD=\"0\"><UUID FileName=\"b\">2</UUID></TiffData>";
        assertRefused(
                TinyTiff.write(file(), page().block(PIXELS).text(270, pixels.formatted(2, elsewhere))),
                "several files");
        String swapped = "<TiffData FirstC=\"0\" IFD=\"1\"/><TiffData FirstC=\"1\" IFD=\"0\"/>";
        TinyTiff first = page().block(PIXELS).text(270, pixels.formatted(2, swapped));
        assertRefused(TinyTiff.write(file(), first, page().block(PIXELS)), "orders the pages");
        assertRefused(TinyTiff.write(file(), page().block(PIXELS).text(270, "<OME><Pixels ")), "cannot be understood");
    }

    /** Whatever bytes are changed: read, or refused with the name. */
    @ParameterizedTest
    @CsvSource({"LZW", "Deflate", "PackBits", "JPEG", "CCITT T.6"})
    void changedBytesAreReadOrRefused(String compression) throws IOException {
        boolean fax = compression.startsWith("CCITT");
        BufferedImage picture =
                new BufferedImage(20, 30, fax ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_GRAY);
        Tiffs.write(file(), compression, picture, picture);
        Damage.assertReadOrRefused(file(), 200);
    }
}
