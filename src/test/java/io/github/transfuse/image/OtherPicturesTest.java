package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebP, PNM and TGA, which Pillow and {@code src/test/python/pictures.py} wrote, against PNG of the same pixels. */
class OtherPicturesTest {
    private static final Path PICTURES = Path.of("src", "test", "resources", "pictures");
    private static final int CUTS = 50;

    /** Of decoders of lossy WebP: they smooth the colours differently. */
    private static final double LOSS = 14;

    private static final double MEAN_LOSS = 2.5;

    @TempDir
    Path folder;

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> all = Files.list(PICTURES)) {
            return all.filter(file -> !file.toString().endsWith(".png"))
                    .filter(file -> Files.exists(png(file)))
                    .sorted()
                    .toList();
        }
    }

    private static Path png(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[a-z]+$", ".png"));
    }

    private Path save(String name, byte... bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path text(String name, String text) throws IOException {
        return save(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String refused(Path file) {
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file), file::toString)
                .getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        assertThrows(UnsupportedImageException.class, () -> ImageFiles.readLabels(file), file::toString);
        return message;
    }

    @TestFactory
    Stream<DynamicTest> pixelsAndLabelsAreThoseOfPng() throws IOException {
        return pictures().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    double loss = file.toString().contains("lossy") ? LOSS : 0;
                    same(ImageFiles.read(png(file)), ImageFiles.read(file), loss);
                    CalibratedImage labels = ImageFiles.readLabels(png(file));
                    boolean one = file.toString().contains("tga-table-from-4");
                    if (!one) {
                        same(labels, ImageFiles.readLabels(file), loss);
                    }
                }));
    }

    private static void same(CalibratedImage expected, CalibratedImage image, double loss) {
        assertEquals(expected.describe(), image.describe());
        assertEquals(expected.rgb(), image.rgb());
        double[] right = Pixels.of(expected);
        double[] pixels = Pixels.of(image);
        assertArrayEquals(right, pixels, loss);
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += Math.abs(right[i] - pixels[i]);
        }
        assertTrue(sum <= MEAN_LOSS * right.length, () -> "mean loss of " + right.length + " pixels");
    }

    /** What ends a file without being looked at may be missing; then the pixels are the same. */
    @TestFactory
    Stream<DynamicTest> cutFilesAreRefusedOrWhole() throws IOException {
        return pictures().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    byte[] bytes = Files.readAllBytes(file);
                    double[] whole = Pixels.of(ImageFiles.read(file));
                    boolean tail = file.toString().endsWith(".tga");
                    for (int part = 0; part < CUTS; part++) {
                        Path cut = save(
                                "cut-" + part + file.getFileName(), Arrays.copyOf(bytes, bytes.length * part / CUTS));
                        if (!tail) {
                            refused(cut);
                            continue;
                        }
                        try {
                            assertArrayEquals(whole, Pixels.of(ImageFiles.read(cut)));
                        } catch (UnsupportedImageException e) {
                            assertTrue(e.getMessage().contains(cut.getFileName().toString()), e.getMessage());
                        }
                    }
                }));
    }

    @Test
    void animationsAreTold() throws IOException {
        CalibratedImage image = ImageFiles.read(PICTURES.resolve("webp-animated.webp"));
        assertEquals(List.of("The first picture of webp-animated.webp is used; it holds several."), image.notes());
        assertTrue(refused(PICTURES.resolve("part.webp")).contains("first picture is smaller"));
    }

    @Test
    void webpWhoseOpacityIsNotPackedIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(PICTURES.resolve("webp-alpha-lossy.webp"));
        int part = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("ALPH");
        bytes[part + 8] = 0;
        assertTrue(refused(save("a.webp", bytes)).contains("opacity"));
    }

    @Test
    void webpThatIsTooLargeForItsBytesIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(PICTURES.resolve("webp-lossless.webp"));
        // VP8L: 14 bits of width and height behind RIFF, WEBP, VP8L, the length and a mark
        Arrays.fill(bytes, 21, 24, (byte) 0xff);
        assertTrue(refused(save("a.webp", bytes)).contains("cannot hold"));
    }

    @ParameterizedTest
    @CsvSource({"100, 255", "255, 255", "1000, 1000", "65535, 65535"})
    void largestValuesOfGreyAreWhite(int max, int white) throws IOException {
        Path file = text("a.pgm", "P2 3 1 " + max + "\n0 1 " + max + "\n");
        assertEquals(white, Pixels.of(ImageFiles.read(file))[2]);
        assertArrayEquals(new double[] {0, 1, max}, Pixels.of(ImageFiles.readLabels(file)));
        assertEquals(max < 255 ? Math.rint(255.0 / max) : 1, Pixels.of(ImageFiles.read(file))[1]);
    }

    @Test
    void coloursOfFewBitsAreSpread() throws IOException {
        Path file = text("a.ppm", "P3 1 1 1000 0 500 1000\n");
        assertArrayEquals(new double[] {0, 32_768, 65_535}, Pixels.of(ImageFiles.read(file)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P2 2 1 255 1|ends too early",
                "P2 2 1 255 1 2|ends too early",
                "P2 2 1 255 1 2 3 |more pixels",
                "P2 2 1 255 1 256 |above the largest",
                "P2 2 1 0 0 0 |largest value",
                "P2 2 1 70000 0 0 |largest value",
                "P2 2 1 255 1 x |number is missing",
                "P2 0 1 255 1 |no pixels",
                "P1 2 1 12|neither 0 nor 1",
                "P2 99999 99999 255 1 |larger than this reader",
                "P2 9999 9999 255 1 |pixels need",
                "P5 2 1 255 abc|more pixels",
                "P5 2 1 65535 abc|pixels need",
                "P5 2 1 255|header does not end",
                "P2 12345678901 1 255 1 |number is too long"
            })
    void whatPnmMayNotSayIsRefused(String content, String word) throws IOException {
        String message = refused(text("a.pgm", content));
        assertTrue(message.contains(word), message);
    }

    /** The last digits may be missing. */
    @ParameterizedTest
    @ValueSource(strings = {"P2 2 1 99 1 25", "P2 2 1 255 1 25\n", "P1 2 1 01"})
    void textThatSurelyEndsIsRead(String content) throws IOException {
        assertEquals(2, Pixels.of(ImageFiles.read(text("a.pgm", content))).length);
    }

    @Test
    void severalPicturesInOneFileAreTold() throws IOException {
        CalibratedImage image = ImageFiles.read(text("a.pgm", "P5 2 1 255 abP5 2 1 255 cd"));
        assertArrayEquals(new double[] {'a', 'b'}, Pixels.of(image));
        assertEquals(List.of("The first picture of a.pgm is used; it holds several."), image.notes());
    }

    @ParameterizedTest
    @CsvSource({"RGB, 4", "STEREO, 2", "GRAYSCALE, 3"})
    void samplesOfUnknownMeaningAreRefused(String type, int depth) throws IOException {
        String head = "P7\nWIDTH 1\nHEIGHT 1\nDEPTH " + depth + "\nMAXVAL 255\nTUPLTYPE " + type + "\nENDHDR\nabcd";
        assertTrue(refused(text("a.pam", head)).contains("kind " + type));
    }

    private byte[] tga(int type, int bits, int flags, int... pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                new byte[] {0, 0, (byte) type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, (byte) bits, (byte) flags});
        for (int each : pixels) {
            out.write(each);
        }
        return out.toByteArray();
    }

    @Test
    void kindsOfTgaThatAreNotReadAreRefused() throws IOException {
        assertTrue(refused(save("a.tga", tga(3, 16, 0x20, 1, 2, 3, 4))).contains("16 bits is not read"));
        assertTrue(refused(save("b.tga", tga(3, 1, 0x20, 1))).contains("1 bits is not read"));
        assertTrue(refused(save("c.tga", tga(2, 24, 0x60, 1, 2, 3, 4, 5, 6))).contains("is not read"));
        assertTrue(refused(save("d.tga", tga(11, 8, 0x20, 0x82, 1))).contains("another number of pixels"));
        assertTrue(refused(save("e.tga", tga(32, 8, 0x20, 1, 2))).contains("not an image"));
        assertTrue(refused(save("f.dat", tga(3, 8, 0x20, 1, 2))).contains("not an image"));
    }

    @Test
    void opacityThatIsZeroEverywhereIsTold() throws IOException {
        CalibratedImage image = ImageFiles.read(save("a.tga", tga(2, 32, 0x28, 1, 2, 3, 0, 4, 5, 6, 0)));
        assertArrayEquals(new double[] {3, 6, 2, 5, 1, 4}, Pixels.of(image));
        assertEquals(List.of("a.tga: its opacity, which is 0 everywhere, is left out."), image.notes());
    }

    @Test
    void bitsOfOpacityCount() throws IOException {
        CalibratedImage image = ImageFiles.read(save("a.tga", tga(2, 16, 0x21, 0x1f, 0x80, 0x1f, 0)));
        assertArrayEquals(new double[] {0, 255, 0, 255, 255, 255}, Pixels.of(image));
    }
}
