package io.github.transfuse.image;

import java.util.Arrays;
import java.util.BitSet;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;

/**
 * Where on a slide there is something: found on a small image of it. On a colour image, what is darker or more colourful
 * than glass; on others, where a channel is above a tenth of its range. Grown by one pixel on each side.
 */
public final class TissueMask {
    /** Glass is brighter than this part of the full scale, in all three colours. */
    private static final double GLASS = 0.86;

    /** And its colours differ by less than this part of the full scale. */
    private static final double COLORLESS = 0.06;

    private static final double FAINT = 0.1;

    private final int width;
    private final int height;
    private final BitSet tissue;

    private TissueMask(int width, int height, BitSet tissue) {
        this.width = width;
        this.height = height;
        this.tissue = tissue;
    }

    /**
     * Looks for tissue.
     *
     * @param thumbnail a plane, some hundred to some thousand pixels wide
     * @return where it is
     */
    public static TissueMask of(CalibratedImage thumbnail) {
        CalibratedImage image = thumbnail.channelsLast();
        int width = Math.toIntExact(image.size(Axis.Kind.X));
        int height = Math.toIntExact(image.size(Axis.Kind.Y));
        double[][] ranges = thumbnail.rgb() ? new double[0][] : ranges(image, width, height);
        BitSet found = new BitSet(width * height);
        double[] values = new double[Math.toIntExact(image.size(Axis.Kind.CHANNEL))];
        FullScale fullScale = FullScale.of(image);
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                read(access, x, y, values);
                boolean here = thumbnail.rgb() ? isStained(values, fullScale) : isBright(values, ranges);
                found.set(y * width + x, here);
            }
        }
        return new TissueMask(width, height, found);
    }

    private static void read(RandomAccess<? extends RealType<?>> access, int x, int y, double[] values) {
        access.setPosition(x, 0);
        access.setPosition(y, 1);
        for (int c = 0; c < values.length; c++) {
            if (access.numDimensions() > 2) {
                access.setPosition(c, 2);
            }
            values[c] = access.get().getRealDouble();
        }
    }

    private static boolean isStained(double[] rgb, FullScale fullScale) {
        double low = fullScale.part(Math.min(rgb[0], Math.min(rgb[1], rgb[2])));
        double high = fullScale.part(Math.max(rgb[0], Math.max(rgb[1], rgb[2])));
        return low < GLASS || high - low > COLORLESS;
    }

    private static boolean isBright(double[] values, double[][] ranges) {
        for (int c = 0; c < values.length; c++) {
            double range = ranges[c][1] - ranges[c][0];
            if (range > 0 && values[c] > ranges[c][0] + FAINT * range) {
                return true;
            }
        }
        return false;
    }

    private static double[][] ranges(CalibratedImage image, int width, int height) {
        double[] values = new double[Math.toIntExact(image.size(Axis.Kind.CHANNEL))];
        double[][] ranges = new double[values.length][];
        Arrays.setAll(ranges, c -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        RandomAccess<? extends RealType<?>> access = image.pixels().randomAccess();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                read(access, x, y, values);
                for (int c = 0; c < values.length; c++) {
                    ranges[c][0] = Math.min(ranges[c][0], values[c]);
                    ranges[c][1] = Math.max(ranges[c][1], values[c]);
                }
            }
        }
        return ranges;
    }

    /**
     * Whether there is tissue in or beside a rectangle.
     *
     * @param left in fractions of the image's width, 0 to 1; likewise the others
     * @param top of its height
     * @param right of its width
     * @param bottom of its height
     */
    public boolean touches(double left, double top, double right, double bottom) {
        int x0 = (int) Math.max(0, Math.floor(left * width) - 1);
        int x1 = (int) Math.min(width, Math.ceil(right * width) + 1);
        int y0 = (int) Math.max(0, Math.floor(top * height) - 1);
        int y1 = (int) Math.min(height, Math.ceil(bottom * height) + 1);
        for (int y = y0; y < y1; y++) {
            int next = tissue.nextSetBit(y * width + x0);
            if (next >= 0 && next < y * width + x1) {
                return true;
            }
        }
        return false;
    }
}
