package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TIFFs whose pixels ImageJ's reader would take apart wrongly, without a word, come in with every sample in its place. */
class TiffSamplesTest {
    private static final int WIDTH = 20;
    private static final int HEIGHT = 17;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, {1} samples, planar {2}, tiled {3}")
    @CsvSource({
        "FLOAT, 1, false, true, 'X 20, Y 17'",
        "FLOAT, 3, false, false, 'X 20, Y 17, CHANNEL 3'",
        "FLOAT, 3, true, false, 'X 20, Y 17, CHANNEL 3'",
        "BYTE, 5, false, false, 'X 20, Y 17, CHANNEL 5'",
        "BYTE, 5, true, false, 'X 20, Y 17, CHANNEL 5'",
        "SHORT, 1, false, true, 'X 20, Y 17'",
    })
    void everySampleIsInItsPlace(String type, int samples, boolean planar, boolean tiled, String described)
            throws IOException {
        BufferedImage picture = picture(type, samples, planar);
        Path file = folder.resolve("samples.tif");
        write(picture, file, tiled);
        CalibratedImage image = ImageFiles.read(file);
        assertEquals(described, image.describe());
        Raster raster = picture.getRaster();
        double[] expected = IntStream.range(0, samples * WIDTH * HEIGHT)
                .mapToDouble(i -> raster.getSampleDouble(i % WIDTH, i / WIDTH % HEIGHT, i / (WIDTH * HEIGHT)))
                .toArray();
        assertArrayEquals(expected, Pixels.of(image));
    }

    private static BufferedImage picture(String name, int samples, boolean planar) {
        int type = name.equals("FLOAT")
                ? DataBuffer.TYPE_FLOAT
                : name.equals("SHORT") ? DataBuffer.TYPE_SHORT : DataBuffer.TYPE_BYTE;
        int[] bands = IntStream.range(0, samples).toArray();
        SampleModel model = planar
                ? new BandedSampleModel(type, WIDTH, HEIGHT, samples)
                : new PixelInterleavedSampleModel(type, WIDTH, HEIGHT, samples, samples * WIDTH, bands);
        WritableRaster raster = Raster.createWritableRaster(model, new Point());
        for (int i = 0; i < samples * WIDTH * HEIGHT; i++) {
            int value = type == DataBuffer.TYPE_BYTE ? i % 251 : i - 100;
            raster.setSample(i % WIDTH, i / WIDTH % HEIGHT, i / (WIDTH * HEIGHT), value);
        }
        return new BufferedImage(colors(type, samples), raster, false, null);
    }

    private static ColorModel colors(int type, int samples) {
        ColorSpace space = samples == 1
                ? ColorSpace.getInstance(ColorSpace.CS_GRAY)
                : samples == 3 ? ColorSpace.getInstance(ColorSpace.CS_sRGB) : new Channels5();
        return new ComponentColorModel(space, false, false, java.awt.Transparency.OPAQUE, type);
    }

    /** Five channels that are no colours. */
    private static final class Channels5 extends ColorSpace {
        private static final long serialVersionUID = 1L;

        Channels5() {
            super(TYPE_5CLR, 5);
        }

        @Override
        public float[] toRGB(float[] values) {
            return new float[3];
        }

        @Override
        public float[] fromRGB(float[] rgb) {
            return new float[5];
        }

        @Override
        public float[] toCIEXYZ(float[] values) {
            return new float[3];
        }

        @Override
        public float[] fromCIEXYZ(float[] values) {
            return new float[5];
        }
    }

    private static void write(BufferedImage picture, Path file, boolean tiled) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setDestinationType(new ImageTypeSpecifier(picture));
        if (tiled) {
            parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setTiling(16, 16, 0, 0);
        }
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
