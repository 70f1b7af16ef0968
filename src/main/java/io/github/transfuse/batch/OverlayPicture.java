package io.github.transfuse.batch;

import io.github.transfuse.Segmentation;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FullScale;
import io.github.transfuse.labels.Outlines;
import java.awt.image.BufferedImage;
import java.util.Optional;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** The first plane of an image with the outlines of its labels, as a picture for the eye. */
public final class OverlayPicture {
    private static final int MAX_CHANNELS = 3;
    private static final int PIXELS_PER_LINE = 400;

    private final CalibratedImage image;
    private final long width;
    private final long height;

    private OverlayPicture(CalibratedImage image) {
        this.image = image;
        this.width = image.size(Axis.Kind.X);
        this.height = image.size(Axis.Kind.Y);
    }

    /**
     * Draws outlines at least two pixels wide, in large pictures a 400th of the longer side.
     *
     * @param source image of any number of channels, of which the first three are shown as red, green and blue
     */
    public static BufferedImage of(CalibratedImage source, Segmentation result) {
        CalibratedImage plane = source.channelsLast();
        for (Axis.Kind kind : new Axis.Kind[] {Axis.Kind.Z, Axis.Kind.TIME}) {
            plane = plane.slice(kind, 0);
        }
        RandomAccessibleInterval<? extends IntegerType<?>> labels = result.labels();
        while (labels.numDimensions() > 2) {
            labels = Views.hyperSlice(labels, 2, 0);
        }
        OverlayPicture overlay = new OverlayPicture(plane);
        BufferedImage picture = overlay.plain();
        outline(picture, labels, result.colors());
        return picture;
    }

    /** A plane in the order X, Y, CHANNEL, without outlines. */
    public static BufferedImage plain(CalibratedImage plane) {
        return new OverlayPicture(plane).plain();
    }

    private BufferedImage plain() {
        BufferedImage picture =
                new BufferedImage(Math.toIntExact(width), Math.toIntExact(height), BufferedImage.TYPE_INT_RGB);
        int channels = (int) Math.min(MAX_CHANNELS, image.size(Axis.Kind.CHANNEL));
        int[] shown = channels == 1 ? new int[] {0, 0, 0} : new int[] {0, 1, channels - 1};
        Optional<FullScale> fullScale = image.rgb() ? Optional.of(FullScale.of(image)) : Optional.empty();
        for (int c = 0; c < shown.length; c++) {
            paint(picture, image.slice(Axis.Kind.CHANNEL, shown[c]).pixels(), fullScale, 16 - 8 * c);
        }
        return picture;
    }

    /** Paints a channel from black to white; without such from its darkest to its brightest value. */
    private void paint(
            BufferedImage picture,
            RandomAccessibleInterval<? extends RealType<?>> channel,
            Optional<FullScale> fullScale,
            int shift) {
        RandomAccess<? extends RealType<?>> access = channel.randomAccess();
        double low = fullScale.map(FullScale::black).orElse(Double.POSITIVE_INFINITY);
        double high = fullScale.map(FullScale::white).orElse(Double.NEGATIVE_INFINITY);
        for (long i = 0; fullScale.isEmpty() && i < width * height; i++) {
            double value = access.setPositionAndGet(i % width, i / width).getRealDouble();
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double scale = high > low ? 255 / (high - low) : 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = (access.setPositionAndGet(x, y).getRealDouble() - low) * scale;
                int level = (int) Math.round(Math.max(0, Math.min(255, value)));
                picture.setRGB(x, y, picture.getRGB(x, y) | level << shift);
            }
        }
    }

    private static void outline(
            BufferedImage picture, RandomAccessibleInterval<? extends IntegerType<?>> labels, int... colors) {
        RandomAccess<UnsignedByteType> edge = Outlines.mask(labels).randomAccess();
        RandomAccess<? extends IntegerType<?>> label = labels.randomAccess();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (edge.setPositionAndGet(x, y).get() != 0) {
                    long value = label.setPositionAndGet(x, y).getIntegerLong();
                    int color = colors[(int) (1 + (value - 1) % (colors.length - 1))];
                    thicken(picture, x, y, color);
                }
            }
        }
    }

    /** Paints a square whose side grows with the picture, so that outlines are seen in a thumbnail of a large one. */
    private static void thicken(BufferedImage picture, int x, int y, int color) {
        int side = Math.max(2, Math.max(picture.getWidth(), picture.getHeight()) / PIXELS_PER_LINE);
        int right = Math.min(picture.getWidth(), x + side);
        int bottom = Math.min(picture.getHeight(), y + side);
        for (int row = y; row < bottom; row++) {
            for (int column = x; column < right; column++) {
                picture.setRGB(column, row, color);
            }
        }
    }
}
