package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.FloatProcessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.ConstantUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of bad input is refused with a message that names it and the way out. */
class BadImageTest {
    @TempDir
    Path folder;

    /** Makes a bad file. */
    @FunctionalInterface
    interface Maker {
        void make(Path file) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadFileIsRefused(String name, Maker maker, List<String> words) throws IOException {
        Path file = folder.resolve(name);
        maker.make(file);
        assertRefused(file, words);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                row("missing.tif", file -> {}, "there is no such file", "Check the path"),
                row("folder.tif", Files::createDirectory, "this is a folder"),
                row("empty.png", Files::createFile, "the file is empty", "export it again"),
                row("notes.tif", file -> Files.writeString(file, "not a picture"), "not an image", "PNG"),
                row("header.tif", file -> Files.write(file, bytes("49492a0008000000")), "truncated or damaged"),
                row("header.png", file -> Files.write(file, bytes("89504e470d0a1a0a")), "truncated or damaged"),
                row("big.tif", file -> Files.write(file, bytes("49492b000800000010000000")), "truncated or damaged"),
                row("huge.png", file -> Files.write(file, png(60_000, 60_000)), "60000 x 60000", "OME-TIFF"),
                row("huge.tif", file -> Files.write(file, tiff(60_000, 60_000)), "60000 x 60000", "OME-TIFF"),
                row("zero.tif", file -> Files.write(file, tiff(0, 10)), "no pixels"),
                row("zero.png", file -> Files.write(file, png(0, 10)), "no pixels"),
                row(
                        "nan.tif",
                        file -> Files.write(file, floats(1, Float.NaN, 3, Float.NEGATIVE_INFINITY)),
                        "2 pixels are NaN or infinite",
                        "X 1, Y 0",
                        "Remove NaNs"));
    }

    @ParameterizedTest
    @CsvSource({
        "jpg, 0.5",
        "jpg, 0.97",
        "png, 0.5",
        "png, 0.9",
        "bmp, 0.5",
        "gif, 0.5",
        "tif, 0.5",
        "tif, 0.99",
        "lzw, 0.3",
        "lzw, 0.99",
        "stack, 0.3",
        "stack, 0.9",
        "pages, 0.5",
        "pages, 0.99"
    })
    void aTruncatedFileIsRefused(String kind, double kept) throws IOException {
        byte[] whole = whole(kind);
        Path file = folder.resolve("cut." + kind);
        Files.write(file, whole);
        ImageFiles.read(file);
        Files.write(file, Arrays.copyOf(whole, (int) (whole.length * kept)));
        assertRefused(file, List.of("truncated or damaged", "again"));
    }

    @Test
    void theFirstBadPixelIsFoundInAnyDimension() {
        float[] values = new float[2 * 3 * 4];
        values[1 + 2 * (2 + 3 * 3)] = Float.POSITIVE_INFINITY;
        CalibratedImage image =
                CalibratedImage.of("volume", ArrayImgs.floats(values, 2, 3, 4), Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);
        String message = assertThrows(UnsupportedImageException.class, () -> PixelChecks.requireUsable(image))
                .getMessage();
        assertTrue(message.contains("1 pixel is NaN or infinite, the first at X 1, Y 2, Z 3"), message);
    }

    @Test
    void anImageWithoutPixelsIsRefused() {
        CalibratedImage image = CalibratedImage.of(
                "none",
                ConstantUtils.constantRandomAccessibleInterval(new UnsignedByteType(), new FinalInterval(0, 3)),
                Axis.Kind.X,
                Axis.Kind.Y);
        String message = assertThrows(UnsupportedImageException.class, () -> PixelChecks.requireUsable(image))
                .getMessage();
        assertTrue(message.contains("none: the image has no pixels (X 0, Y 3)"), message);
    }

    private byte[] whole(String kind) throws IOException {
        Path file = folder.resolve("whole");
        BufferedImage noise = noise();
        return switch (kind) {
            case "tif" -> saved(new ImagePlus("n", noise), file);
            case "stack" -> saved(IJ.createImage("n", "16-bit black", 60, 40, 5), file);
            case "lzw" -> tiff(noise, 1);
            case "pages" -> tiff(noise, 3);
            default -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                assertTrue(ImageIO.write(noise, kind, out));
                yield out.toByteArray();
            }
        };
    }

    private static byte[] saved(ImagePlus imp, Path file) throws IOException {
        assertTrue(new FileSaver(imp).saveAsTiff(file.toString()));
        return Files.readAllBytes(file);
    }

    private static byte[] tiff(BufferedImage page, int pages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType("LZW");
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < pages; i++) {
                writer.writeToSequence(new IIOImage(page, null, null), parameters);
            }
            writer.endWriteSequence();
        }
        return out.toByteArray();
    }

    private static BufferedImage noise() {
        BufferedImage picture = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(5);
        for (int i = 0; i < 2400; i++) {
            picture.getRaster().setSample(i % 60, i / 60, 0, random.nextInt(256));
        }
        return picture;
    }

    private static Arguments row(String name, Maker maker, String... words) {
        return Arguments.of(name, maker, List.of(words));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** A PNG of one empty chunk of pixels. */
    private static byte[] png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(width).putInt(height).put(new byte[] {8, 0, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array());
        ByteBuffer file = ByteBuffer.allocate(100).put(bytes("89504e470d0a1a0a"));
        file.putInt(13).put(header.array()).putInt((int) crc.getValue());
        file.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35af061e);
        return file.array();
    }

    /** A big-endian TIFF of 8-bit pixels in one strip, of which 100 bytes are there. */
    private static byte[] tiff(int width, int height) {
        return tiff(new long[][] {
            {256, 4, width},
            {257, 4, height},
            {258, 3, 8L << 16},
            {259, 3, 1L << 16},
            {262, 3, 1L << 16},
            {273, 4, 200},
            {278, 4, height},
            {279, 4, (long) width * height & 0x7fffffff}
        });
    }

    private static byte[] floats(float... values) throws IOException {
        Path file = Files.createTempFile("floats", ".tif");
        try {
            ImagePlus imp = new ImagePlus("f", new FloatProcessor(2, values.length / 2, values));
            assertTrue(new FileSaver(imp).saveAsTiff(file.toString()));
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] tiff(long[][] entries) {
        ByteBuffer file = ByteBuffer.allocate(300).putInt(0x4d4d002a).putInt(8).putShort((short) entries.length);
        for (long[] entry : entries) {
            file.putShort((short) entry[0]).putShort((short) entry[1]).putInt(1).putInt((int) entry[2]);
        }
        return file.array();
    }

    private static void assertRefused(Path file, List<String> words) {
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        for (String word : words) {
            assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
        }
        assertTrue(message.endsWith("."), message);
        assertFalse(message.contains("java."), message);
    }
}
