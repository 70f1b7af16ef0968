package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.transfuse.batch.LabelClasses;
import io.github.transfuse.batch.ObjectOutlines;
import io.github.transfuse.batch.ResultWriter;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.labels.LabelColors;
import java.io.IOException;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;

/**
 * A label image of ImageJ, of this plugin or any other.
 *
 * @param image whose pixels are held
 * @param shown the image itself
 * @param labels x, y, then z and time where there are
 * @param classes what the labels are, if the image says so
 */
record LabelStack(ImagePlus image, ImagePlus shown, RandomAccessibleInterval<IntType> labels, LabelClasses classes) {
    private static final int COLOURS = 256;

    /**
     * The labels of an image.
     *
     * @param named title, ID or file
     * @param active the image if none is named
     * @throws IllegalArgumentException if there is none, or it is no label image
     * @throws IOException if a file cannot be read
     */
    static LabelStack of(Optional<String> named, Optional<ImagePlus> active) throws IOException {
        Optional<ImagePlus> image = named.isPresent() ? Optional.of(InputImages.named(named.get())) : active;
        ImagePlus held = InputImages.held(image);
        String property = image.orElseThrow().getProp(ResultWriter.PROPERTY);
        LabelClasses classes = LabelClasses.of(property == null ? "" : property);
        requireLabels(held);
        CalibratedImage pixels = InputImages.wrapped(held).channelsLast();
        return new LabelStack(held, image.get(), whole(pixels.pixels()), classes);
    }

    private static <T extends RealType<T>> RandomAccessibleInterval<IntType> whole(
            RandomAccessibleInterval<? extends RealType<?>> pixels) {
        @SuppressWarnings("unchecked")
        RandomAccessibleInterval<T> typed = (RandomAccessibleInterval<T>) pixels;
        return Converters.convert(typed, (from, to) -> to.set((int) from.getRealDouble()), new IntType());
    }

    private static void requireLabels(ImagePlus image) {
        String what = "The image '" + image.getTitle() + "' is no label image: ";
        if (image.getBitDepth() == 24) {
            throw new IllegalArgumentException(
                    what + "it has colours. A label image has one whole number for each pixel:"
                            + " save labels as 8-bit, 16-bit or 32-bit.");
        }
        if (image.getNChannels() > 1) {
            throw new IllegalArgumentException(
                    what + "it has " + image.getNChannels() + " channels. Choose one with Duplicate...");
        }
        boolean signed = image.getCalibration().isSigned16Bit();
        for (int plane = 1; plane <= image.getStackSize() && (signed || image.getBitDepth() == 32); plane++) {
            ImageProcessor pixels = image.getStack().getProcessor(plane);
            for (int i = 0; i < pixels.getPixelCount(); i++) {
                double value = pixels.getf(i) - (signed ? 32_768 : 0);
                if (!(value >= 0) || value != Math.rint(value) || value > 1 << 24) {
                    throw new IllegalArgumentException(what + "its pixel " + i % image.getWidth() + ", "
                            + i / image.getWidth() + " of plane " + plane + " is " + value
                            + ". Labels are whole numbers from 0 to 16,777,216.");
                }
            }
        }
    }

    /** Planes along z; 1 if there are none. */
    int slices() {
        return image.getStackSize() / image.getNFrames();
    }

    /** Whether the first axis behind x and y is z. */
    boolean isStack() {
        return InputImages.wrapped(image).dimension(Axis.Kind.Z).isPresent();
    }

    /** The outlines of the labels. */
    ObjectOutlines outlines() {
        return ObjectOutlines.of(labels, slices(), classes, colors());
    }

    /** Colours of labels, far from each other; the first is that of background. */
    static int[] colors() {
        int[] colors = new int[COLOURS];
        for (int label = 1; label < COLOURS; label++) {
            colors[label] = LabelColors.rgb(label);
        }
        return colors;
    }
}
