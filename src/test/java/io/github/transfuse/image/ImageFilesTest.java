package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of all kinds come in with the right values, axes and calibration. */
class ImageFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"8-bit, 255", "16-bit, 65535", "32-bit, 1"})
    void grayTiffs(String type, double fullScale) throws IOException {
        ImagePlus imp = IJ.createImage("ramp", type + " ramp", 7, 5, 1);
        CalibratedImage image = ImageFiles.read(save(imp));
        assertEquals("X 7, Y 5", image.describe());
        assertEquals(fullScale, FullScale.of(image).white());
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                assertEquals(imp.getProcessor().getf(x, y), Pixels.of(image)[y * 7 + x]);
            }
        }
    }

    @Test
    void hyperstacksKeepAxesAndCalibration() throws IOException {
        ImagePlus imp = IJ.createHyperStack("hyper", 4, 3, 2, 5, 6, 16);
        for (int i = 1; i <= 60; i++) {
            imp.getStack().getProcessor(i).add(i);
        }
        imp.getCalibration().pixelWidth = 0.25;
        imp.getCalibration().pixelHeight = 0.5;
        imp.getCalibration().pixelDepth = 2;
        imp.getCalibration().setUnit("micron");
        imp.getCalibration().frameInterval = 3;
        CalibratedImage image = ImageFiles.read(save(imp));
        assertEquals("X 4, Y 3, CHANNEL 2, Z 5, TIME 6", image.describe());
        assertEquals(new Axis(Axis.Kind.Y, 0.5, "micron"), image.axes().get(1));
        assertEquals(new Axis(Axis.Kind.Z, 2, "micron"), image.axes().get(3));
        assertEquals(new Axis(Axis.Kind.TIME, 3, "sec"), image.axes().get(4));
        CalibratedImage plane =
                image.slice(Axis.Kind.TIME, 5).slice(Axis.Kind.Z, 3).slice(Axis.Kind.CHANNEL, 1);
        assertEquals(5 * 10 + 3 * 2 + 1 + 1, Pixels.of(plane)[0]);
    }

    @Test
    void rgbTiffsHaveTheirChannelsLast() throws IOException {
        ImagePlus imp = IJ.createImage("color", "RGB black", 3, 2, 1);
        imp.getProcessor().set(2, 1, 0x102030);
        CalibratedImage image = ImageFiles.read(save(imp));
        assertEquals("X 3, Y 2, CHANNEL 3", image.describe());
        assertTrue(image.rgb());
        double[] values = Pixels.of(image);
        assertArrayEquals(new double[] {0x10, 0x20, 0x30}, new double[] {values[5], values[11], values[17]});
    }

    @ParameterizedTest
    @ValueSource(strings = {"LZW", "ZLib", "Deflate", "PackBits"})
    void compressedTiffs(String compression) throws IOException {
        BufferedImage picture = gradient(BufferedImage.TYPE_BYTE_GRAY);
        Path file = folder.resolve("compressed.tif");
        Tiffs.write(file, compression, picture);
        assertSamples(picture, ImageFiles.read(file));
    }

    @ParameterizedTest
    @CsvSource({"png, 10, 255", "png, 11, 65535", "bmp, 10, 255", "gif, 10, 255"})
    void grayPictures(String format, int type, double fullScale) throws IOException {
        BufferedImage picture = gradient(type);
        CalibratedImage image = ImageFiles.read(write(picture, format));
        assertEquals(fullScale, FullScale.of(image).white());
        assertSamples(picture, image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void colorPictures(String format) throws IOException {
        BufferedImage picture = gradient(BufferedImage.TYPE_INT_RGB);
        CalibratedImage image = ImageFiles.read(write(picture, format));
        assertEquals("X 20, Y 10, CHANNEL 3", image.describe());
        double[] values = Pixels.of(image);
        for (int i = 0; i < 200; i++) {
            int rgb = picture.getRGB(i % 20, i / 20);
            assertEquals(
                    rgb & 0xffffff, ((int) values[i] << 16) | ((int) values[200 + i] << 8) | (int) values[400 + i]);
        }
    }

    @Test
    void jpegsHaveThePixelsThatImageJShows() throws IOException {
        Path file = write(gradient(BufferedImage.TYPE_INT_RGB), "jpg");
        int[] shown = (int[]) IJ.openImage(file.toString()).getProcessor().getPixels();
        double[] values = Pixels.of(ImageFiles.read(file));
        for (int i = 0; i < 200; i++) {
            assertEquals(shown[i] >> 16 & 0xff, values[i]);
            assertEquals(shown[i] & 0xff, values[400 + i]);
        }
    }

    @Test
    void oneBitPicturesAreBlackAndWhiteAsImagesAndZeroAndOneAsLabels() throws IOException {
        BufferedImage picture = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
        picture.setRGB(4, 0, 0xffffff);
        Path file = write(picture, "png");
        assertArrayEquals(new double[] {0, 0, 0, 0, 255, 0, 0, 0, 0}, Pixels.of(ImageFiles.read(file)));
        assertArrayEquals(new double[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, Pixels.of(ImageFiles.readLabels(file)));
    }

    @Test
    void colorTablesAreLookedUpInImagesAndIgnoredInLabels() throws IOException {
        byte[] reds = {0, (byte) 200};
        byte[] others = {0, 50};
        BufferedImage picture = new BufferedImage(
                2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, reds, others, others));
        picture.getRaster().setSample(1, 0, 0, 1);
        Path file = write(picture, "png");
        assertArrayEquals(new double[] {0, 200, 0, 50, 0, 50}, Pixels.of(ImageFiles.read(file)));
        assertArrayEquals(new double[] {0, 1}, Pixels.of(ImageFiles.readLabels(file)));
    }

    @Test
    void whatIsTransparentIsWhite() throws IOException {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(1, 0, 0xff0a0b0c);
        double[] values = Pixels.of(ImageFiles.read(write(picture, "png")));
        assertArrayEquals(new double[] {255, 10, 255, 11, 255, 12}, values);
    }

    @Test
    void kindsAreToldByContents() throws IOException {
        Path png = write(gradient(BufferedImage.TYPE_BYTE_GRAY), "png");
        Path misnamed = Files.move(png, folder.resolve("scan.dat"));
        assertEquals("X 20, Y 10", ImageFiles.read(misnamed).describe());
    }

    @Test
    void pagesOfOtherSizesAreToldInANote() throws IOException {
        Path file = folder.resolve("thumbnail.tif");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int size : List.of(8, 4)) {
                BufferedImage page = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        }
        CalibratedImage image = ImageFiles.read(file);
        assertEquals("X 8, Y 8", image.describe());
        assertTrue(
                image.notes().get(0).contains("Of the 2 pages of thumbnail.tif, 1 is used"),
                image.notes().toString());
    }

    @Test
    void floatsAndStacksAreWholeAndWithoutNotes() throws IOException {
        ImageStack stack = new ImageStack(3, 2);
        for (int z = 0; z < 4; z++) {
            stack.addSlice(null, new float[] {z, 1, 2, 3, 4, 5});
        }
        CalibratedImage image = ImageFiles.read(save(new ImagePlus("stack", stack)));
        assertEquals("X 3, Y 2, Z 4", image.describe());
        assertEquals(3, Pixels.of(image)[18]);
        assertFalse(image.notes().iterator().hasNext());
    }

    private Path save(ImagePlus imp) {
        Path file = folder.resolve("saved.tif");
        assertTrue(new FileSaver(imp).saveAsTiff(file.toString()));
        return file;
    }

    private Path write(BufferedImage picture, String format) throws IOException {
        Path file = folder.resolve("picture." + format);
        assertTrue(ImageIO.write(picture, format, file.toFile()));
        return file;
    }

    static BufferedImage gradient(int type) {
        BufferedImage picture = new BufferedImage(20, 10, type);
        Graphics2D graphics = picture.createGraphics();
        for (int i = 0; i < 200; i++) {
            graphics.setColor(new Color(i, 255 - i, i / 2));
            graphics.fillRect(i % 20, i / 20, 1, 1);
        }
        graphics.dispose();
        return picture;
    }

    private static void assertSamples(BufferedImage expected, CalibratedImage image) {
        double[] values = Pixels.of(image);
        assertEquals(200, values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected.getRaster().getSample(i % 20, i / 20, 0), values[i]);
        }
    }
}
