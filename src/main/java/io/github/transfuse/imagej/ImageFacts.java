package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;

/** One line about an image, so that nobody segments another one than he means. */
final class ImageFacts {
    private ImageFacts() {}

    /** Title, size, kind of pixels, axes and calibration. */
    static String of(ImagePlus image) {
        Calibration calibration = image.getCalibration();
        String pixel = calibration.scaled()
                ? String.format("%.3g %s a pixel", calibration.pixelWidth, calibration.getUnits())
                : "pixels without a size";
        String kind = image.getType() == ImagePlus.COLOR_RGB ? "RGB" : image.getBitDepth() + "-bit";
        String stack = image.getStackSize() > 1
                ? ", " + image.getNChannels() + " channels, " + image.getNSlices() + " slices, " + image.getNFrames()
                        + " frames"
                : "";
        return image.getTitle() + ": " + image.getWidth() + " x " + image.getHeight() + ", " + kind + stack + ", "
                + pixel;
    }
}
