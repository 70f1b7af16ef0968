package io.github.transfuse.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * A part of a volume, with labels, put where it lies in the whole.
 *
 * @param file for messages
 * @param labels along X, Y and Z, with a place
 * @param image with a place
 */
record MaskGrid(Path file, CalibratedImage labels, CalibratedImage image) {
    /** Voxels that lie apart by less than this part of a voxel are the same. */
    private static final double SAME = 0.25;

    private static final List<Axis.Kind> AXES = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);

    /** The labels with background up to the ends of the image, along the axes of the labels. */
    CalibratedImage filled() throws UnsupportedImageException {
        CalibratedImage turned = Orientation.between(labels, image).apply(labels);
        Affine part = turned.placement().orElseThrow().matrix();
        Affine whole = image.placement().orElseThrow().matrix();
        long[] least = new long[3];
        long[] most = new long[3];
        for (int d = 0; d < 3; d++) {
            long size = image.size(AXES.get(d));
            double begin = index(part.column(3), whole, d);
            least[d] = Math.round(begin);
            most[d] = least[d] + turned.pixels().dimension(d) - 1;
            double[] step = part.column(d);
            double[] other = whole.column(d);
            Arrays.setAll(step, i -> step[i] - other[i]);
            double drift = Math.sqrt(Affine.dot(step, step)) / whole.spacing(d) * (most[d] - least[d]);
            if (Math.abs(begin - least[d]) > SAME || drift > SAME || least[d] < 0 || most[d] >= size) {
                throw new UnsupportedImageException(
                        file,
                        "the voxels of this segmentation are not those of " + image.name(),
                        "Resample it to the voxels of its image, for instance in 3D Slicer.");
            }
            most[d] = size - 1 - least[d];
            least[d] = -least[d];
        }
        RandomAccessibleInterval<? extends RealType<?>> pixels =
                extended(turned.pixels(), new FinalInterval(least, most));
        return new CalibratedImage(turned.name(), pixels, turned.axes(), false, turned.notes())
                .withPlacement(image.placement());
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<T> zeros(
            RandomAccessibleInterval<T> pixels, FinalInterval to) {
        return Views.zeroMin(Views.interval(Views.extendZero(pixels), to));
    }

    @SuppressWarnings("unchecked") // pixels have one type
    private static <T extends RealType<T>> RandomAccessibleInterval<? extends RealType<?>> extended(
            RandomAccessibleInterval<? extends RealType<?>> pixels, FinalInterval to) {
        return zeros((RandomAccessibleInterval<T>) pixels, to);
    }

    /** Of a point along an axis of the grid, whose axes are at right angles. */
    private static double index(double[] point, Affine whole, int axis) {
        double[] from = whole.column(3);
        double[] step = whole.column(axis);
        double[] way = new double[3];
        Arrays.setAll(way, i -> point[i] - from[i]);
        return Affine.dot(way, step) / Affine.dot(step, step);
    }
}
