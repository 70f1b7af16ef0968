package io.github.transfuse.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.ImageCanvas;
import ij.process.ImageProcessor;
import java.awt.Rectangle;

/**
 * A copy of the part of an image that its window shows: one slice and frame, all channels.
 *
 * @param pixels of the part, calibrated as the image
 * @param where it lies in the image
 */
record VisiblePart(ImagePlus pixels, Rectangle where) {
    /** Larger views take too long to try things out; the middle of the view is taken then. */
    private static final int MAX_LENGTH = 1024;

    /**
     * Copies it.
     *
     * @param image that is shown
     * @param whole whether the whole plane is wanted, however large
     */
    static VisiblePart of(ImagePlus image, boolean whole) {
        Rectangle all = new Rectangle(0, 0, image.getWidth(), image.getHeight());
        ImageCanvas canvas = image.getCanvas();
        Rectangle where =
                whole || canvas == null ? all : middle(canvas.getSrcRect().intersection(all));
        int channels = image.getNChannels();
        ImageStack stack = new ImageStack(where.width, where.height);
        for (int c = 1; c <= channels; c++) {
            ImageProcessor plane = image.getStack()
                    .getProcessor(image.getStackIndex(c, image.getSlice(), image.getFrame()))
                    .duplicate();
            plane.setRoi(where);
            stack.addSlice(plane.crop());
        }
        ImagePlus part = new ImagePlus(image.getTitle(), stack);
        part.setDimensions(channels, 1, 1);
        part.setCalibration(image.getCalibration());
        return new VisiblePart(channels > 1 ? new CompositeImage(part) : part, where);
    }

    static Rectangle middle(Rectangle view) {
        int width = Math.min(view.width, MAX_LENGTH);
        int height = Math.min(view.height, MAX_LENGTH);
        return new Rectangle(view.x + (view.width - width) / 2, view.y + (view.height - height) / 2, width, height);
    }
}
