package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoders would show otherwise than viewers, and files of kinds that are no damage. */
class PicturesAsShownTest {
    @TempDir
    Path folder;

    private static byte[] encoded(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY), format, out);
        return out.toByteArray();
    }

    private Path save(String name, byte... bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private String refused(String name, byte... bytes) throws IOException {
        Path file = save(name, bytes);
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertEquals(
                message,
                assertThrows(UnsupportedImageException.class, () -> ImageFiles.readLabels(file))
                        .getMessage());
        assertTrue(message.startsWith(file + ": "), message);
        assertFalse(message.contains("damaged"), message);
        return message;
    }

    /** Canvas of 4 x 3, and where on it the first picture is said to be. */
    @ParameterizedTest
    @CsvSource({"4, 3, 0, 0, true", "5, 3, 0, 0, false", "4, 4, 0, 0, false", "6, 6, 1, 2, false", "3, 2, 0, 0, true"})
    void aGifWhosePictureIsAPartOfItIsRefused(int width, int height, int left, int top, boolean read)
            throws IOException {
        byte[] gif = encoded("gif");
        ByteBuffer in = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
        in.putShort(6, (short) width).putShort(8, (short) height);
        int picture = new String(gif, StandardCharsets.ISO_8859_1).indexOf(',', 13);
        in.putShort(picture + 1, (short) left).putShort(picture + 3, (short) top);
        if (read) {
            assertEquals(4, ImageFiles.readLabels(save("a.gif", gif)).size(Axis.Kind.X));
        } else {
            assertTrue(refused("a.gif", gif).contains("smaller than its canvas"));
        }
    }

    /** Red, green and blue of 5 bits each in 16 bits. */
    @Test
    void coloursOfFiveBitsAreSpread() throws IOException {
        ByteBuffer bmp = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B')
                .put((byte) 'M')
                .putInt(58)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(2)
                .putInt(1);
        bmp.putShort((short) 1).putShort((short) 16);
        bmp.putShort(54, (short) (31 << 10 | 1)).putShort(56, (short) (16 << 5));
        CalibratedImage image = ImageFiles.read(save("a.bmp", bmp.array()));
        assertEquals("X 2, Y 1, CHANNEL 3", image.describe());
        assertArrayEquals(new double[] {255, 0, 0, 16 * 255.0 / 31, 255.0 / 31, 0}, Pixels.of(image), 0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "0xc0, 12, of 12 bits",
        "0xc3, 8, lossless",
        "0xc9, 8, arithmetic",
        "0xf7, 8, JPEG-LS",
        "0xc5, 8, several"
    })
    void kindsOfJpegThatAreNotReadAreNamed(String marker, int bits, String word) throws IOException {
        byte[] jpeg = encoded("jpeg");
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        jpeg[frame + 1] = (byte) (int) Integer.decode(marker);
        jpeg[frame + 4] = (byte) bits;
        String message = refused("a.jpg", jpeg);
        assertTrue(message.contains(word) && message.endsWith("Save it as PNG or TIFF."), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE HTML><p> | a web page",
                "<html><body> | a web page",
                "version https://git-lfs.github.com/spec/v1 | git lfs pull",
                "0000ftypheic | HEIC",
                "0000ftypavif | AVIF",
                "%PDF-1.7 | a PDF",
                "'PK\u0003\u0004' | Unpack it"
            })
    void whatIsOftenMetInsteadOfImagesIsNamed(String beginning, String word) throws IOException {
        String message = refused("a.png", beginning.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(message.contains(word), message);
    }

    @ParameterizedTest
    @CsvSource({"gif, 1", "bmp, 1", "png, 1", "tif, 1", "jpeg, 0"})
    void tablesOfMasksAreFoundInAllFormats(String format, int red) throws IOException {
        byte[] reds = {0, (byte) 255};
        byte[] blues = {(byte) 255, 0};
        IndexColorModel table = new IndexColorModel(1, 2, reds, new byte[2], blues);
        BufferedImage mask = new BufferedImage(9, 3, BufferedImage.TYPE_BYTE_BINARY, table);
        mask.getRaster().setSample(4, 1, 0, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(mask, format, out);
        Map<Integer, Integer> numbers = MaskColors.of(save("a." + format, out.toByteArray()));
        assertEquals(red == 0 ? Map.of() : Map.of(0x0000ff, 0, 0xff0000, red), numbers);
    }

    @Test
    void voxelsWithoutAHeaderNameIt() throws IOException {
        String message = refused("a.b.IMG", new byte[400]);
        assertTrue(message.contains("header is missing") && message.endsWith("Put a.b.hdr beside it."), message);
    }

    @Test
    void aMaskWithAnUnusableColourTableIsNamed() throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 1, 8)
                .tag(262, TinyTiff.SHORT, 3)
                .tag(320, TinyTiff.SHORT, new long[9])
                .block(0, 1);
        Path mask = TinyTiff.write(folder.resolve("mask.tif"), page);
        String message = assertThrows(UnsupportedImageException.class, () -> MaskColors.of(mask))
                .getMessage();
        assertTrue(message.contains("mask.tif") && message.contains("a colour table of 9 values"), message);
    }

    @Test
    void aColourTableBesideOtherSamplesIsNoDamage() throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 2, 8)
                .tag(262, TinyTiff.SHORT, 3)
                .tag(320, TinyTiff.SHORT, new long[768])
                .block(0, 255, 1, 255);
        byte[] tiff = Files.readAllBytes(TinyTiff.write(folder.resolve("a.tif"), page));
        assertTrue(refused("a.tif", tiff).contains("a colour table beside other samples"));
    }

    @Test
    void pagesThatAreTurnedInDifferentWaysAreRefused() throws IOException {
        TinyTiff[] pages = {
            TinyTiff.of(2, 1, 1, 8).block(1, 2), TinyTiff.of(2, 1, 1, 8).block(3, 4)
        };
        pages[1].tag(274, TinyTiff.SHORT, 3);
        byte[] tiff = Files.readAllBytes(TinyTiff.write(folder.resolve("a.tif"), pages));
        assertTrue(refused("a.tif", tiff).contains("turned in different ways"));
    }
}
