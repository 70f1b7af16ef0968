package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import io.github.transfuse.Segmentation;
import io.github.transfuse.batch.ObjectTable;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.measure.MeasureTable;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.DoubleType;

/** Measures images of ImageJ with the values and the origin that ImageJ's own measurements have. */
final class MeasuredStacks {
    private MeasuredStacks() {}

    /**
     * The measurements of a result.
     *
     * @param image the segmented image
     */
    static MeasureTable measure(Segmentation result, ImagePlus image) throws UnsupportedImageException {
        return ObjectTable.of(values(image), result, origin(image));
    }

    /** The pixels with the calibration function of an image applied, such as optical densities. */
    static CalibratedImage values(ImagePlus image) {
        CalibratedImage pixels = InputImages.wrapped(image);
        float[] table = image.getCalibration().getCTable();
        boolean applied = table == null || image.getCalibration().isSigned16Bit();
        return applied ? pixels : pixels.withPixels(looked(pixels.pixels(), table));
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<DoubleType> looked(
            RandomAccessibleInterval<? extends RealType<?>> stored, float... table) {
        @SuppressWarnings("unchecked")
        RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) stored;
        return Converters.convert(typed, (from, to) -> to.set(table[(int) from.getRealDouble()]), new DoubleType());
    }

    /** The pixel that lies at 0, along x, y and z. */
    static double[] origin(ImagePlus image) {
        Calibration calibration = image.getCalibration();
        return new double[] {calibration.xOrigin, calibration.yOrigin, calibration.zOrigin};
    }
}
