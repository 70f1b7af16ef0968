package io.github.transfuse.labels;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Exact squared Euclidean distance to the nearest marked pixel, with pixels of any length per axis (Felzenszwalb and
 * Huttenlocher 2012, Theory of Computing 8:415): one pass along each axis, time linear in the pixels.
 */
public final class DistanceTransform {
    private DistanceTransform() {}

    /**
     * Replaces the image by distances.
     *
     * @param image 0 at marked pixels, positive infinity elsewhere; afterwards squared distances in calibrated units,
     *     infinite if nothing is marked; starts at 0
     * @param calibration length of a pixel along each axis
     */
    public static void squared(RandomAccessibleInterval<FloatType> image, double[] calibration) {
        for (int d = 0; d < image.numDimensions(); d++) {
            RandomAccessibleInterval<FloatType> lines = Views.permute(image, 0, d);
            Line line = new Line(Math.toIntExact(lines.dimension(0)), calibration[d]);
            RandomAccess<FloatType> access = lines.randomAccess();
            Rows.forEach(lines.dimensionsAsLongArray(), start -> {
                access.setPosition(start);
                line.transform(access);
            });
        }
    }

    /** The lower envelope of parabolas over one line. */
    private static final class Line {
        private final double spacing;
        private final double[] height;
        /** Pixels whose parabolas form the envelope, and where each begins to be the lowest. */
        private final int[] centre;

        private final double[] from;

        Line(int length, double spacing) {
            this.spacing = spacing;
            this.height = new double[length];
            this.centre = new int[length];
            this.from = new double[length];
        }

        void transform(RandomAccess<FloatType> access) {
            for (int i = 0; i < height.length; i++) {
                height[i] = access.get().get();
                access.fwd(0);
            }
            int count = envelope();
            if (count == 0) {
                return;
            }
            int k = count - 1;
            for (int i = height.length - 1; i >= 0; i--) {
                access.bck(0);
                while (k > 0 && from[k] > i) {
                    k--;
                }
                double distance = (i - centre[k]) * spacing;
                access.get().setReal(distance * distance + height[centre[k]]);
            }
        }

        private int envelope() {
            int count = 0;
            for (int i = 0; i < height.length; i++) {
                if (height[i] < Double.POSITIVE_INFINITY) {
                    while (count > 0 && crossing(centre[count - 1], i) <= from[count - 1]) {
                        count--;
                    }
                    from[count] = count == 0 ? Double.NEGATIVE_INFINITY : crossing(centre[count - 1], i);
                    centre[count++] = i;
                }
            }
            return count;
        }

        /** Where the parabola of the later pixel falls below that of the earlier, in pixels. */
        private double crossing(int a, int b) {
            double square = spacing * spacing;
            return ((height[b] - height[a]) / square + (double) b * b - (double) a * a) / (2d * (b - a));
        }
    }
}
