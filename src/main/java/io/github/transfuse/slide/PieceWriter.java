package io.github.transfuse.slide;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.PixelChecks;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.UnsupportedImageException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Writes pixels of a slide with the values that they have there, as a training reads them: as TIFF, which keeps the size of a
 * pixel, so that the model asks for that size later; of slides without calibration, colours and 8-bit pixels of one or three
 * channels as PNG.
 *
 * @param rgb whether the slide is a colour image
 * @param micronsPerPixel of what is written, stored in TIFFs; empty if not calibrated
 */
record PieceWriter(boolean rgb, OptionalDouble micronsPerPixel) {
    private static final int COLORS = 3;

    /**
     * Writes a file.
     *
     * @param folder that exists
     * @param stem its name without what it ends with
     * @throws SlideException if pixels are NaN or infinite: no training could read them
     * @throws IOException if the file cannot be written
     */
    void write(Path folder, String stem, BufferedImage pixels) throws IOException {
        BufferedImage shown = rgb ? opaque(pixels) : pixels;
        if (micronsPerPixel.isEmpty() && isPlain(shown.getRaster())) {
            ResultFiles.writePng(folder.resolve(stem + ".png"), rgb ? shown : standard(shown.getRaster()));
        } else {
            ResultFiles.writeTiff(folder.resolve(stem + ".tif"), measured(stem, shown.getRaster()), Map.of());
        }
    }

    /** Two or four channels in a PNG would be taken for transparent. */
    private static boolean isPlain(Raster raster) {
        return isBytes(raster) && (raster.getNumBands() == 1 || raster.getNumBands() == COLORS);
    }

    /** Colours are packed into whole numbers. */
    private static boolean isBytes(Raster raster) {
        return raster.getSampleModel().getSampleSize(0) == Byte.SIZE;
    }

    /** As slides are segmented: colours whatever their opacity. */
    private static BufferedImage opaque(BufferedImage pixels) {
        BufferedImage copy = new BufferedImage(pixels.getWidth(), pixels.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[pixels.getWidth()];
        for (int y = 0; y < pixels.getHeight(); y++) {
            pixels.getRGB(0, y, row.length, 1, row, 0, row.length);
            copy.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return copy;
    }

    /** The samples alone: QuPath's colour models, which only say how channels are shown, would change them. */
    private static BufferedImage standard(Raster raster) {
        boolean gray = raster.getNumBands() == 1;
        BufferedImage copy = new BufferedImage(
                raster.getWidth(),
                raster.getHeight(),
                gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        for (int band = 0; band < raster.getNumBands(); band++) {
            int[] samples = raster.getSamples(
                    raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), band, (int[]) null);
            copy.getRaster().setSamples(0, 0, raster.getWidth(), raster.getHeight(), band, samples);
        }
        return copy;
    }

    private CalibratedImage measured(String stem, Raster raster) {
        List<Axis> axes = new ArrayList<>();
        for (Axis.Kind kind : List.of(Axis.Kind.X, Axis.Kind.Y)) {
            axes.add(
                    micronsPerPixel.isPresent()
                            ? new Axis(kind, micronsPerPixel.getAsDouble(), "micron")
                            : Axis.of(kind));
        }
        RandomAccessibleInterval<? extends RealType<?>> pixels = planes(raster);
        if (raster.getNumBands() == 1) {
            pixels = Views.hyperSlice(pixels, 2, 0);
        } else {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
        }
        try {
            return PixelChecks.requireUsable(new CalibratedImage(stem, pixels, axes, rgb, List.of()));
        } catch (UnsupportedImageException e) {
            throw new SlideException(e.getMessage() + " Nothing was exported.", e);
        }
    }

    private static RandomAccessibleInterval<? extends RealType<?>> planes(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        return switch (isBytes(raster)
                ? DataBuffer.TYPE_BYTE
                : raster.getDataBuffer().getDataType()) {
            case DataBuffer.TYPE_BYTE -> {
                PlanarImg<UnsignedByteType, ByteArray> image = PlanarImgs.unsignedBytes(width, height, bands);
                for (int band = 0; band < bands; band++) {
                    image.setPlane(band, new ByteArray(bytes(samples(raster, band))));
                }
                yield image;
            }
            case DataBuffer.TYPE_USHORT -> {
                PlanarImg<UnsignedShortType, ShortArray> image = PlanarImgs.unsignedShorts(width, height, bands);
                for (int band = 0; band < bands; band++) {
                    image.setPlane(band, new ShortArray(shorts(samples(raster, band))));
                }
                yield image;
            }
            default -> {
                PlanarImg<FloatType, FloatArray> image = PlanarImgs.floats(width, height, bands);
                for (int band = 0; band < bands; band++) {
                    image.setPlane(band, new FloatArray(samples(raster, band)));
                }
                yield image;
            }
        };
    }

    private static float[] samples(Raster raster, int band) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        return raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, band, new float[width * height]);
    }

    private static byte[] bytes(float[] samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) samples[i];
        }
        return bytes;
    }

    private static short[] shorts(float[] samples) {
        short[] shorts = new short[samples.length];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) (int) samples[i];
        }
        return shorts;
    }
}
