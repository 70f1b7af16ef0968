package io.github.transfuse.metrics;

import io.github.transfuse.labels.DistanceTransform;
import java.io.Serializable;
import java.util.Arrays;
import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * How far the surfaces of prediction and truth lie apart, in calibrated units.
 *
 * <p>The surface is every pixel of the class with a face neighbour that is not (outside the image counts as not).
 * Distances go from centre to centre of surface pixels. HD95 is, as in MedPy, the 95th percentile (linear
 * interpolation) of the distances of both directions together; ASSD is the mean of the two directions' means, where
 * MedPy 0.5 pools the distances. NSD (normalised surface Dice) is, as in MONAI, the share of the pixels of both surfaces
 * that lie within a tolerance of the other.
 *
 * @param hd95 95th percentile of the Hausdorff distance; NaN if prediction or truth is empty
 * @param assd average symmetric surface distance; NaN if prediction or truth is empty
 * @param nsd 0 to 1; 0 if one of both is empty, NaN if both are
 */
public record SurfaceDistances(double hd95, double assd, double nsd) implements Serializable {
    private static final double PERCENTILE = 0.95;

    /**
     * Measures one class.
     *
     * @param prediction classes
     * @param truth classes, same size
     * @param k the class
     * @param tolerance distance up to which a pixel of a surface counts as right, 0 or more
     * @param calibration length of a pixel along each axis, more than 0
     * @return the distances
     * @throws IllegalArgumentException if the sizes differ or the calibration does not fit
     */
    public static SurfaceDistances of(
            RandomAccessibleInterval<? extends IntegerType<?>> prediction,
            RandomAccessibleInterval<? extends IntegerType<?>> truth,
            long k,
            double tolerance,
            double... calibration) {
        Pairs.requireSameSize(prediction, truth);
        requirePositive(calibration, truth.numDimensions());
        RandomAccessibleInterval<? extends IntegerType<?>> p = Views.zeroMin(prediction);
        RandomAccessibleInterval<? extends IntegerType<?>> t = Views.zeroMin(truth);
        Box predicted = Box.of(p, k);
        Box wanted = Box.of(t, k);
        if (predicted.isEmpty() || wanted.isEmpty()) {
            boolean both = predicted.isEmpty() && wanted.isEmpty();
            return new SurfaceDistances(Double.NaN, Double.NaN, both ? Double.NaN : 0);
        }
        Interval box = predicted.union(wanted); // nothing outside it is a surface, so nothing outside is needed
        Img<FloatType> toPrediction = distances(p, box, k, calibration);
        Img<FloatType> toTruth = distances(t, box, k, calibration);
        return of(tolerance, directed(toPrediction, toTruth), directed(toTruth, toPrediction));
    }

    private static SurfaceDistances of(double tolerance, double[] there, double[] back) {
        double assd = (mean(there) + mean(back)) / 2;
        double[] all = Arrays.copyOf(there, there.length + back.length);
        System.arraycopy(back, 0, all, there.length, back.length);
        Arrays.sort(all);
        double rank = PERCENTILE * (all.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, all.length - 1);
        long near = Arrays.stream(all)
                .filter(distance -> distance <= tolerance * (1 + 1e-9))
                .count();
        return new SurfaceDistances(
                all[below] + (rank - below) * (all[above] - all[below]), assd, (double) near / all.length);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    static void requirePositive(double[] calibration, int axes) {
        if (calibration.length != axes || !Arrays.stream(calibration).allMatch(c -> c > 0 && Double.isFinite(c))) {
            throw new IllegalArgumentException("calibration " + Arrays.toString(calibration)
                    + " must be a positive length for each of " + axes + " axes");
        }
    }

    /** Distances from the surface where {@code from} is 0, to that of {@code to}. */
    private static double[] directed(Img<FloatType> from, Img<FloatType> to) {
        int count = 0;
        double[] distances = new double[1024];
        Cursor<FloatType> other = to.cursor();
        for (FloatType own : from) {
            float squared = other.next().get();
            if (own.get() == 0) {
                if (count == distances.length) {
                    distances = Arrays.copyOf(distances, Math.multiplyExact(count, 2));
                }
                distances[count++] = Math.sqrt(squared);
            }
        }
        return Arrays.copyOf(distances, count);
    }

    /** Squared distances to the surface of class k, 0 on it. */
    private static Img<FloatType> distances(
            RandomAccessibleInterval<? extends IntegerType<?>> image, Interval box, long k, double[] calibration) {
        Img<FloatType> distances = create(box.dimensionsAsLongArray());
        RandomAccess<? extends IntegerType<?>> access = image.randomAccess();
        Cursor<FloatType> cursor = distances.localizingCursor();
        while (cursor.hasNext()) {
            FloatType pixel = cursor.next();
            for (int d = 0; d < box.numDimensions(); d++) {
                access.setPosition(box.min(d) + cursor.getLongPosition(d), d);
            }
            pixel.set(isSurface(access, image, k) ? 0 : Float.POSITIVE_INFINITY);
        }
        DistanceTransform.squared(distances, calibration);
        return distances;
    }

    private static boolean isSurface(RandomAccess<? extends IntegerType<?>> access, Interval image, long k) {
        boolean surface = false;
        if (access.get().getIntegerLong() != k) {
            return false;
        }
        for (int d = 0; d < image.numDimensions() && !surface; d++) {
            long x = access.getLongPosition(d);
            if (x == 0 || x == image.max(d)) {
                return true;
            }
            access.bck(d);
            surface = access.get().getIntegerLong() != k;
            access.move(2, d);
            surface |= access.get().getIntegerLong() != k;
            access.bck(d);
        }
        return surface;
    }

    private static Img<FloatType> create(long[] size) {
        if (Intervals.numElements(size) <= Integer.MAX_VALUE - 8) {
            return new ArrayImgFactory<>(new FloatType()).create(size);
        }
        return new CellImgFactory<>(new FloatType(), 256).create(size);
    }

    /** Bounding box of a class. */
    private record Box(long[] min, long[] max) {
        static Box of(RandomAccessibleInterval<? extends IntegerType<?>> image, long k) {
            long[] min = image.maxAsLongArray();
            long[] max = new long[min.length];
            Arrays.fill(max, -1);
            Cursor<? extends IntegerType<?>> cursor =
                    IterableRandomAccessibleInterval.create(image).localizingCursor();
            while (cursor.hasNext()) {
                if (cursor.next().getIntegerLong() == k) {
                    for (int d = 0; d < min.length; d++) {
                        min[d] = Math.min(min[d], cursor.getLongPosition(d));
                        max[d] = Math.max(max[d], cursor.getLongPosition(d));
                    }
                }
            }
            return new Box(min, max);
        }

        boolean isEmpty() {
            return max[0] < 0;
        }

        Interval union(Box other) {
            return Intervals.union(new FinalInterval(min, max), new FinalInterval(other.min, other.max));
        }
    }
}
