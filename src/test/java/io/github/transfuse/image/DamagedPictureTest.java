package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG, JPEG, GIF, BMP and DICOM: whole and rightly read, or refused by name. */
class DamagedPictureTest {
    @TempDir
    Path folder;

    private static BufferedImage noise(int type) {
        BufferedImage picture = new BufferedImage(30, 20, type);
        Random random = new Random(3);
        for (int i = 0; i < 600; i++) {
            picture.setRGB(i % 30, i / 30, random.nextInt());
        }
        return picture;
    }

    private byte[] written(String kind, int type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(noise(type), kind, out));
        return out.toByteArray();
    }

    private Path save(String name, byte... bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static void assertRefused(Path file, String word) {
        String message = assertThrows(UnsupportedImageException.class, () -> ImageFiles.read(file))
                .getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void changedBytesAreReadOrRefused(String kind) throws IOException {
        Damage.assertReadOrRefused(save("a." + kind, written(kind, BufferedImage.TYPE_INT_RGB)), 300);
    }

    @Test
    void changedBytesOfDicomAreReadOrRefused() throws IOException {
        Damage.assertReadOrRefused(save("a.dcm", dicom(4, 3, 16, 1, "1.2.840.10008.1.2.1", 24)), 500);
    }

    /** Of a PNG every byte has a checksum. */
    @Test
    void everyChangedByteOfThePixelsOfAPngIsFound() throws IOException {
        byte[] whole = written("png", BufferedImage.TYPE_INT_RGB);
        for (int at = 45; at < whole.length - 16; at += 37) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 8;
            assertRefused(save("a.png", bytes), "checksum");
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 21, fewer pixels", "30, 19, more pixels", "31, 20, fewer pixels", "40000, 40000, cannot hold"})
    void aPngMustHoldAsManyPixelsAsItSays(int width, int height, String word) throws IOException {
        ByteBuffer png = ByteBuffer.wrap(written("png", BufferedImage.TYPE_BYTE_GRAY));
        png.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png.array(), 12, 17);
        png.putInt(29, (int) crc.getValue());
        assertRefused(save("a.png", png.array()), word);
    }

    /** The pixels are all there, but not what says that they are right. */
    @Test
    void aPngWithoutTheChecksumOfItsPixelsIsRefused() throws IOException {
        ByteBuffer png = ByteBuffer.wrap(written("png", BufferedImage.TYPE_BYTE_GRAY));
        int length = png.getInt(33) - 4;
        ByteBuffer cut =
                ByteBuffer.allocate(png.capacity() - 4).put(png.array(), 0, 33).putInt(length);
        cut.put(png.array(), 37, 4 + length);
        CRC32 crc = new CRC32();
        crc.update(cut.array(), 37, 4 + length);
        cut.putInt((int) crc.getValue()).put(png.array(), png.capacity() - 12, 12);
        assertRefused(save("a.png", cut.array()), "fewer pixels");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 30})
    void interlacedPngsAreWhole(int width) throws IOException {
        BufferedImage picture = noise(BufferedImage.TYPE_INT_RGB).getSubimage(0, 0, width, 7);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        Path file = folder.resolve("a.png");
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        }
        double[] values = Pixels.of(ImageFiles.read(file));
        for (int i = 0; i < 7 * width; i++) {
            assertEquals(picture.getRGB(i % width, i / width) & 0xff, values[14 * width + i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 21, another number", "29, 20, another number", "30000, 20000, cannot hold"})
    void aGifMustHoldAsManyPixelsAsItSays(int width, int height, String word) throws IOException {
        ByteBuffer gif = ByteBuffer.wrap(written("gif", BufferedImage.TYPE_BYTE_INDEXED));
        gif.order(ByteOrder.LITTLE_ENDIAN);
        int at = 13 + 3 * 256;
        while (gif.get(at) != 0x2c) {
            at++;
        }
        gif.putShort(6, (short) width).putShort(8, (short) height);
        gif.putShort(at + 5, (short) width).putShort(at + 7, (short) height);
        assertRefused(save("a.gif", gif.array()), word);
    }

    @ParameterizedTest
    @CsvSource({"22, 1000, its pixels need", "28, 33, pixels of 33 bits", "22, 80000000, 30 x 80000000"})
    void aBmpMustHoldAsManyPixelsAsItSays(int place, int value, String word) throws IOException {
        ByteBuffer bmp = ByteBuffer.wrap(written("bmp", BufferedImage.TYPE_INT_RGB));
        bmp.order(ByteOrder.LITTLE_ENDIAN);
        if (place == 28) {
            bmp.putShort(place, (short) value);
        } else {
            bmp.putInt(place, value);
        }
        assertRefused(save("a.bmp", bmp.array()), word);
    }

    @Test
    void aJpegIsNotMuchLargerThanItsBytes() throws IOException {
        ByteBuffer jpeg = ByteBuffer.wrap(written("jpg", BufferedImage.TYPE_BYTE_GRAY));
        int at = 2;
        while ((jpeg.get(at + 1) & 0xff) != 0xc0) {
            at += 2 + jpeg.getShort(at + 2);
        }
        jpeg.putShort(at + 5, (short) 40_000).putShort(at + 7, (short) 40_000);
        assertRefused(save("a.jpg", jpeg.array()), "cannot hold");
    }

    /** Each scan costs the time of the whole picture. */
    @Test
    void aJpegOfThousandsOfScansIsRefused() throws IOException {
        byte[] whole = written("jpg", BufferedImage.TYPE_BYTE_GRAY);
        int at = 2;
        while ((whole[at + 1] & 0xff) != 0xda) {
            at += 2 + 256 * Byte.toUnsignedInt(whole[at + 2]) + Byte.toUnsignedInt(whole[at + 3]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(whole, 0, whole.length - 2);
        for (int i = 0; i < 300; i++) {
            out.write(whole, at, whole.length - 2 - at);
        }
        out.write(whole, whole.length - 2, 2);
        assertRefused(save("a.jpg", out.toByteArray()), "301 scans");
    }

    /** Programs store the inks inverted if Adobe's marker is there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inksOfJpegsAreShownAsLight(boolean adobe) throws IOException {
        byte[] bytes = inks(adobe ? 0 : -1, 40, 90, 200, 220);
        double[] values = Pixels.of(ImageFiles.read(save("inks.jpg", bytes)));
        double[] stored = {40, 90, 200, 220};
        for (int c = 0; c < 3; c++) {
            double light = adobe ? stored[c] * stored[3] / 255 : (255 - stored[c]) * (255 - stored[3]) / 255;
            assertEquals(light, values[256 * c + 100], 3);
        }
    }

    @Test
    void inksMayBeStoredAsBrightnessAndColorDifferences() throws IOException {
        double[] values = Pixels.of(ImageFiles.read(save("inks.jpg", inks(2, 100, 128, 178, 204))));
        double[] light = {(100 + 1.402 * 50) * 0.8, (100 - 0.714 * 50) * 0.8, 100 * 0.8};
        for (int c = 0; c < 3; c++) {
            assertEquals(light[c], values[256 * c + 100], 3);
        }
    }

    /** Four samples of one value each, with Adobe's marker if there is a transform of 0 or more. */
    private static byte[] inks(int transform, int... stored) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 1024; i++) {
            raster.setSample(i % 16, i / 16 % 16, i / 256, stored[i / 256]);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        byte[] plain = out.toByteArray();
        if (transform < 0) {
            return plain;
        }
        ByteBuffer marker = ByteBuffer.allocate(16).putShort((short) 0xffee).putShort((short) 14);
        marker.put("Adobe".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 100)
                .put(15, (byte) transform);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(plain, 0, 2);
        all.writeBytes(marker.array());
        all.write(plain, 2, plain.length - 2);
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTransparentInAMaskIsBackground(boolean black) throws IOException {
        int ink = black ? 0xff000000 : 0xffff0000;
        BufferedImage mask = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
        mask.setRGB(0, 0, ink);
        mask.setRGB(1, 0, (ink & 0xffffff) | 0xc0000000);
        mask.setRGB(2, 0, (ink & 0xffffff) | 0x40000000);
        mask.setRGB(3, 0, 0x00ffffff);
        Path file = folder.resolve("mask.png");
        assertTrue(ImageIO.write(mask, "png", file.toFile()));
        double[] expected =
                black ? new double[] {255, 255, 0, 0} : new double[] {255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertArrayEquals(expected, Pixels.of(ImageFiles.readLabels(file)));
    }

    @Test
    void anOpaqueMaskWithoutObjectsStaysEmpty() throws IOException {
        BufferedImage mask = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 4; x++) {
            mask.setRGB(x, 0, 0xff000000);
        }
        Path file = folder.resolve("mask.png");
        assertTrue(ImageIO.write(mask, "png", file.toFile()));
        assertArrayEquals(new double[12], Pixels.of(ImageFiles.readLabels(file)));
    }

    @ParameterizedTest
    @CsvSource({
        "16, 1, 1.2.840.10008.1.2.1, 23, its pixels need 24 bytes",
        "12, 1, 1.2.840.10008.1.2.1, 24, take 12 bits",
        "16, 9000, 1.2.840.10008.1.2.1, 24, its pixels need",
        "16, 1, 1.2.840.10008.1.2.4.90, 24, compressed",
        "16, 1, 1.2.840.10008.1.2.1.99, 24, cannot be unpacked",
        "16, 1, 1.2.840.10008.1.2.1, -1, holds no image"
    })
    void aDicomFileMustHoldWhatItSays(int bits, int frames, String syntax, int present, String word)
            throws IOException {
        assertRefused(save("a.dcm", dicom(4, 3, bits, frames, syntax, present)), word);
    }

    @Test
    void dicomColorsOfFewerPixelsAreRefused() throws IOException {
        String file = new String(dicom(4, 3, 16, 1, "1.2.840.10008.1.2.1", 24), StandardCharsets.ISO_8859_1);
        byte[] colors = file.replace("MONOCHROME2 ", "YBR_FULL_422").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(save("a.dcm", colors), "YBR_FULL_422");
    }

    @Test
    void aWholeDicomFileIsRead() throws IOException {
        double[] expected = new double[12];
        Arrays.setAll(expected, i -> 257 * i);
        assertArrayEquals(
                expected, Pixels.of(ImageFiles.read(save("a.dcm", dicom(4, 3, 16, 1, "1.2.840.10008.1.2.1", 24)))));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 40_000, -2})
    void aLengthBehindTheEndOfADicomFileIsRefused(int length) throws IOException {
        ByteBuffer dicom = ByteBuffer.wrap(dicom(4, 3, 16, 1, "1.2.840.10008.1.2.1", 24));
        dicom.order(ByteOrder.LITTLE_ENDIAN);
        int at = 132;
        while (dicom.getInt(at) != 0x00020028) {
            at++;
        }
        dicom.putShort(at + 6, (short) length);
        assertRefused(save("a.dcm", dicom.array()), "longer than the file");
    }

    /** A file of pixels that count up by 257; without pixels if fewer than none are present. */
    private static byte[] dicom(int width, int height, int bits, int frames, String syntax, int present) {
        ByteBuffer out = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
        out.position(128);
        out.put("DICM".getBytes(StandardCharsets.US_ASCII));
        element(out, 0x0002, 0x0010, "UI", text(syntax));
        element(out, 0x0028, 0x0002, "US", number(1));
        element(out, 0x0028, 0x0004, "CS", text("MONOCHROME2"));
        element(out, 0x0028, 0x0008, "IS", text(Integer.toString(frames)));
        element(out, 0x0028, 0x0010, "US", number(height));
        element(out, 0x0028, 0x0011, "US", number(width));
        element(out, 0x0028, 0x0100, "US", number(bits));
        element(out, 0x0028, 0x0103, "US", number(0));
        if (present >= 0) {
            out.putShort((short) 0x7fe0).putShort((short) 0x0010).put("OW".getBytes(StandardCharsets.US_ASCII));
            out.putShort((short) 0).putInt(present);
            for (int i = 0; i < present; i++) {
                out.put((byte) (i / 2));
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void element(ByteBuffer out, int group, int element, String type, byte... value) {
        out.putShort((short) group).putShort((short) element).put(type.getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) value.length).put(value);
    }

    private static byte[] text(String text) {
        return (text.length() % 2 == 0 ? text : text + " ").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    /** The second picture of an animation stands behind the first, in front of the end. */
    @Test
    void ofAnAnimationTheFirstPictureIsUsedAndItIsSaid() throws IOException {
        byte[] one = written("gif", BufferedImage.TYPE_BYTE_INDEXED);
        int header = 13 + (6 << (one[10] & 7));
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(one, 0, one.length - 1);
        two.write(one, header, one.length - header);
        CalibratedImage single = ImageFiles.read(save("one.gif", one));
        CalibratedImage animation = ImageFiles.read(save("two.gif", two.toByteArray()));
        assertEquals(List.of(), single.notes());
        assertEquals(List.of("The first picture of two.gif is used; it holds several."), animation.notes());
        assertArrayEquals(Pixels.of(single), Pixels.of(animation));
        assertEquals(
                List.of(),
                ImageFiles.read(save("cut.gif", Arrays.copyOf(one, one.length - 1)))
                        .notes(),
                "nothing follows");
    }
}
