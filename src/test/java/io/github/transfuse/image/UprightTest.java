package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of cameras and scanners stand upright, as every viewer shows them. */
class UprightTest {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 16;

    @TempDir
    Path folder;

    /**
     * Where the stored first row and first column are when the picture is upright, from the table of the TIFF
     * specification.
     */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void rowsAndColumnsAreWhereTheNumberSays(int orientation, String firstRow, String firstColumn) throws IOException {
        BufferedImage stored = picture();
        Path jpeg = Files.write(folder.resolve("a.jpg"), jpeg(stored, orientation, ByteOrder.BIG_ENDIAN));
        Path plain = Files.write(folder.resolve("b.jpg"), jpeg(stored, 0, ByteOrder.BIG_ENDIAN));
        assertTurned(Pixels.of(ImageFiles.read(plain)), ImageFiles.read(jpeg), firstRow, firstColumn);
        Path intel = Files.write(folder.resolve("c.jpg"), jpeg(stored, orientation, ByteOrder.LITTLE_ENDIAN));
        assertTurned(Pixels.of(ImageFiles.read(plain)), ImageFiles.readLabels(intel), firstRow, firstColumn);
        TinyTiff page = TinyTiff.of(WIDTH, HEIGHT, 1, 8);
        byte[] pixels = new byte[WIDTH * HEIGHT];
        double[] values = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 251);
            values[i] = i % 251;
        }
        page.block(pixels).tag(274, TinyTiff.SHORT, orientation);
        Path tiff = TinyTiff.write(folder.resolve("d.tif"), page);
        assertTurned(values, ImageFiles.read(tiff), firstRow, firstColumn);
        assertTurned(values, ImageFiles.readLabels(tiff), firstRow, firstColumn);
    }

    private static void assertTurned(double[] stored, CalibratedImage image, String firstRow, String firstColumn) {
        boolean aside = firstRow.equals("left") || firstRow.equals("right");
        int width = aside ? HEIGHT : WIDTH;
        int height = aside ? WIDTH : HEIGHT;
        assertEquals(width, image.size(Axis.Kind.X));
        assertEquals(height, image.size(Axis.Kind.Y));
        double[] expected = new double[stored.length];
        for (int i = 0; i < stored.length; i++) {
            int row = i / WIDTH % HEIGHT;
            int column = i % WIDTH;
            int alongX = aside ? row : column;
            int alongY = aside ? column : row;
            String startX = aside ? firstRow : firstColumn;
            String startY = aside ? firstColumn : firstRow;
            int x = startX.equals("left") ? alongX : width - 1 - alongX;
            int y = startY.equals("top") ? alongY : height - 1 - alongY;
            expected[i / (WIDTH * HEIGHT) * WIDTH * HEIGHT + y * width + x] = stored[i];
        }
        assertArrayEquals(expected, Pixels.of(image));
    }

    @Test
    void sizesOfPixelsTurnToo() throws IOException {
        TinyTiff page = TinyTiff.of(2, 1, 1, 8).block(1, 2).tag(274, TinyTiff.SHORT, 6);
        page.tag(282, TinyTiff.RATIONAL, 10, 1)
                .tag(283, TinyTiff.RATIONAL, 5, 1)
                .tag(296, TinyTiff.SHORT, 3);
        CalibratedImage image = ImageFiles.read(TinyTiff.write(folder.resolve("turned.tif"), page));
        assertEquals(new Axis(Axis.Kind.X, 0.2, "cm"), image.axes().get(0));
        assertEquals(new Axis(Axis.Kind.Y, 0.1, "cm"), image.axes().get(1));
    }

    @ParameterizedTest
    @CsvSource({"0", "9", "60000"})
    void otherNumbersTurnNothing(int orientation) throws IOException {
        Path jpeg = Files.write(folder.resolve("a.jpg"), jpeg(picture(), orientation, ByteOrder.BIG_ENDIAN));
        assertEquals(WIDTH, ImageFiles.read(jpeg).size(Axis.Kind.X));
    }

    @Test
    void aDamagedExifPartTurnsNothing() throws IOException {
        byte[] bytes = jpeg(picture(), 6, ByteOrder.BIG_ENDIAN);
        bytes[2 + 4 + 6 + 7] = 99;
        assertEquals(
                WIDTH,
                ImageFiles.read(Files.write(folder.resolve("a.jpg"), bytes)).size(Axis.Kind.X));
    }

    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, new Color(10 * (i % WIDTH), 15 * (i / WIDTH), i % 256).getRGB());
        }
        return picture;
    }

    /** A JPEG with an EXIF part if there is an orientation. */
    private static byte[] jpeg(BufferedImage picture, int orientation, ByteOrder order) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", out);
        byte[] plain = out.toByteArray();
        if (orientation == 0) {
            return plain;
        }
        ByteBuffer exif = ByteBuffer.allocate(4 + 6 + 26);
        exif.putShort((short) 0xffe1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII))
                .order(order);
        exif.putShort((short) 42).putInt(8).putShort((short) 1);
        exif.putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(plain, 0, 2);
        all.writeBytes(exif.array());
        all.write(plain, 2, plain.length - 2);
        return all.toByteArray();
    }
}
