package io.github.transfuse.samples;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.Cursor;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * The stored values of one plane of a mask.
 *
 * @param height in pixels
 * @param width in pixels
 * @param bits per value in the file: 8, 16 or 32; 24 where colours stand for classes
 * @param values [H, W]; colours as 0xRRGGBB
 */
record MaskPlane(int height, int width, int bits, int[] values) {

    /** Bits of a value that is a colour. */
    static final int COLOR = 24;

    private static final int MAX_WHOLE_FLOAT = 1 << 24;

    /** What scaling by a slope of 32 bits leaves of whole numbers, such as 1.0000001. */
    private static final double ROUNDING = 1e-4;

    /**
     * All planes of a mask, those of a stack in order.
     *
     * @throws SamplesException if values are not whole numbers of 0 or more
     * @throws IOException if the file cannot be read
     */
    static List<MaskPlane> read(Path file) throws IOException {
        return of(file, ImageFiles.readLabels(file));
    }

    /** All planes of a mask that has been read. */
    static List<MaskPlane> of(Path file, CalibratedImage mask) {
        CalibratedImage image = mask.channelsLast();
        long channels = image.size(Axis.Kind.CHANNEL);
        if (channels != 1 && channels != 3) {
            throw new SamplesException("The mask " + file + " has " + channels
                    + " channels. Save masks with one channel of class or object numbers, or as RGB.");
        }
        List<MaskPlane> planes = new ArrayList<>();
        for (CalibratedImage plane : StackPlanes.of(image)) {
            planes.add(channels == 1 ? grey(file, plane) : colored(file, plane));
        }
        return planes;
    }

    private static MaskPlane grey(Path file, CalibratedImage plane) {
        int bits = Math.max(
                8, plane.pixels().getAt(plane.pixels().minAsLongArray()).getBitsPerPixel());
        return new MaskPlane(height(plane), width(plane), bits, values(file, plane));
    }

    /** Three equal channels are grey. */
    private static MaskPlane colored(Path file, CalibratedImage plane) {
        int[] red = values(file, plane.slice(Axis.Kind.CHANNEL, 0));
        int[] green = values(file, plane.slice(Axis.Kind.CHANNEL, 1));
        int[] blue = values(file, plane.slice(Axis.Kind.CHANNEL, 2));
        boolean grey = true;
        int[] packed = new int[red.length];
        for (int i = 0; i < red.length; i++) {
            grey &= red[i] == green[i] && green[i] == blue[i];
            packed[i] = red[i] << 16 | green[i] << 8 | blue[i];
        }
        return grey
                ? new MaskPlane(height(plane), width(plane), 8, red)
                : new MaskPlane(height(plane), width(plane), COLOR, packed);
    }

    private static int height(CalibratedImage plane) {
        return Math.toIntExact(plane.size(Axis.Kind.Y));
    }

    private static int width(CalibratedImage plane) {
        return Math.toIntExact(plane.size(Axis.Kind.X));
    }

    private static int[] values(Path file, CalibratedImage plane) {
        int[] values = new int[height(plane) * width(plane)];
        Cursor<? extends RealType<?>> cursor =
                IterableRandomAccessibleInterval.create(plane.pixels()).cursor();
        for (int i = 0; i < values.length; i++) {
            float value = cursor.next().getRealFloat();
            double whole = Math.rint(value);
            if (Math.abs(value - whole) > ROUNDING || whole < 0 || whole > MAX_WHOLE_FLOAT) {
                throw new SamplesException("The mask " + file + " holds the value " + value
                        + ". Save masks with whole numbers from 0 to 16777216; resample masks by the nearest neighbour,"
                        + " and make labels of probabilities.");
            }
            values[i] = (int) whole;
        }
        return values;
    }
}
