package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read with the same values, whatever their type and the number of channels. */
class PieceWriterTest {
    private static final int WIDTH = 9;
    private static final int HEIGHT = 7;

    @TempDir
    Path folder;

    private static double value(int x, int y, int band, int type) {
        double value = 13 * x + 5 * y + 29 * band;
        return switch (type) {
            case DataBuffer.TYPE_BYTE -> value;
            case DataBuffer.TYPE_USHORT -> value * 200;
            case DataBuffer.TYPE_SHORT, DataBuffer.TYPE_INT -> value * 100 - 10_000;
            default -> value / 8 - 3;
        };
    }

    /** As QuPath makes them: bands of any number, under a colour model that says nothing about the values. */
    private static BufferedImage image(int type, int bands) {
        WritableRaster raster =
                Raster.createWritableRaster(new BandedSampleModel(type, WIDTH, HEIGHT, bands), new Point());
        for (int band = 0; band < bands; band++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    raster.setSample(x, y, band, value(x, y, band, type));
                }
            }
        }
        ColorModel colors = new ComponentColorModel(new ManyChannels(bands), false, false, Transparency.OPAQUE, type);
        return new BufferedImage(colors, raster, false, null);
    }

    /** A colour space of any number of channels. */
    private static final class ManyChannels extends ColorSpace {
        private static final long serialVersionUID = 1L;

        ManyChannels(int channels) {
            super(ColorSpace.TYPE_RGB, channels);
        }

        @Override
        public float[] toRGB(float[] values) {
            return new float[] {0, 0, 0};
        }

        @Override
        public float[] fromRGB(float[] values) {
            return new float[getNumComponents()];
        }

        @Override
        public float[] toCIEXYZ(float[] values) {
            return toRGB(values);
        }

        @Override
        public float[] fromCIEXYZ(float[] values) {
            return fromRGB(values);
        }
    }

    private Path written() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.reduce((a, b) -> {
                        throw new AssertionError("more than one file");
                    })
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        DataBuffer.TYPE_BYTE + ",1,tif",
        DataBuffer.TYPE_BYTE + ",1,png",
        DataBuffer.TYPE_BYTE + ",3,tif",
        DataBuffer.TYPE_BYTE + ",3,png",
        DataBuffer.TYPE_BYTE + ",2,tif",
        DataBuffer.TYPE_BYTE + ",4,tif",
        DataBuffer.TYPE_USHORT + ",1,tif",
        DataBuffer.TYPE_USHORT + ",3,tif",
        DataBuffer.TYPE_USHORT + ",5,tif",
        DataBuffer.TYPE_SHORT + ",1,tif",
        DataBuffer.TYPE_INT + ",2,tif",
        DataBuffer.TYPE_FLOAT + ",1,tif",
        DataBuffer.TYPE_DOUBLE + ",4,tif"
    })
    void valuesStay(int type, int bands, String extension) throws IOException {
        boolean calibrated = extension.equals("tif");
        new PieceWriter(false, calibrated ? OptionalDouble.of(0.5) : OptionalDouble.empty())
                .write(folder, "組織", image(type, bands));

        assertEquals("組織." + extension, written().getFileName().toString());
        CalibratedImage image = ImageFiles.read(written()).channelsLast();
        assertEquals(bands, image.size(Axis.Kind.CHANNEL));
        assertEquals(1, image.size(Axis.Kind.Z) * image.size(Axis.Kind.TIME));
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        for (int band = 0; band < bands; band++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    long[] at = bands == 1 ? new long[] {x, y} : new long[] {x, y, band};
                    access.setPosition(at);
                    assertEquals(value(x, y, band, type), access.get().getRealDouble(), x + " " + y + " " + band);
                }
            }
        }
        if (calibrated) {
            assertEquals(new Axis(Axis.Kind.X, 0.5, "micron"), image.axes().get(0));
        }
    }

    @Test
    void coloursStayWhateverTheirOpacity() throws IOException {
        BufferedImage clear = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(2, 3, 0x80102030);
        new PieceWriter(true, OptionalDouble.empty()).write(folder, "rgb", clear);

        CalibratedImage image = ImageFiles.read(folder.resolve("rgb.png"));
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        for (int channel = 0; channel < 3; channel++) {
            access.setPosition(new long[] {2, 3, channel});
            assertEquals(0x10 * (channel + 1), access.get().getRealDouble());
        }
    }

    @Test
    void coloursKnowTheSizeOfTheirPixels() throws IOException {
        BufferedImage packed = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        packed.setRGB(2, 3, 0x102030);
        new PieceWriter(true, OptionalDouble.of(0.25)).write(folder, "rgb", packed);

        CalibratedImage image = ImageFiles.read(folder.resolve("rgb.tif")).channelsLast();
        assertTrue(image.rgb());
        assertEquals(new Axis(Axis.Kind.Y, 0.25, "micron"), image.axes().get(1));
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        for (int channel = 0; channel < 3; channel++) {
            access.setPosition(new long[] {2, 3, channel});
            assertEquals(0x10 * (channel + 1), access.get().getRealDouble());
        }
    }

    @Test
    void refusesWhatNoTrainingCanRead() throws IOException {
        BufferedImage image = image(DataBuffer.TYPE_FLOAT, 2);
        image.getRaster().setSample(4, 3, 1, Float.NaN);
        PieceWriter writer = new PieceWriter(false, OptionalDouble.empty());

        String message = assertThrows(SlideException.class, () -> writer.write(folder, "a", image))
                .getMessage();
        assertTrue(message.contains("NaN"), message);
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.findAny().isPresent());
        }
    }
}
