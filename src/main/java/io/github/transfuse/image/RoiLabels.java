package io.github.transfuse.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;

/** Labels drawn from ROIs, 16-bit or, above 65,535, 32-bit: later ROIs lie over earlier ones. */
public final class RoiLabels {
    private static final int MAX_SHORT = 65_535;

    private final ImagePlus image;
    private final ImagePlus original;
    private final int[] numbers;
    private long shared;
    private int outside;
    private int everywhere;

    private RoiLabels(ImagePlus original, int... numbers) {
        this.original = original;
        this.numbers = numbers.clone();
        this.image = empty(original, Arrays.stream(numbers).max().orElse(0));
    }

    /**
     * Draws an image of the size of another, each ROI with the number that {@link RoiNumbers} gives it.
     *
     * @param rois with areas, at least one
     */
    public static RoiLabels draw(List<Roi> rois, ImagePlus original) {
        return draw(rois, RoiNumbers.of(rois), original);
    }

    /**
     * The same with these numbers.
     *
     * @param numbers one for each ROI, from 1
     */
    static RoiLabels draw(List<Roi> rois, int[] numbers, ImagePlus original) {
        RoiLabels labels = new RoiLabels(original, numbers);
        for (int i = 0; i < rois.size(); i++) {
            labels.draw(rois.get(i), numbers[i]);
        }
        return labels;
    }

    /** The labels, with the calibration of the image. */
    public ImagePlus image() {
        return image;
    }

    /** The largest label. */
    public int largest() {
        return Arrays.stream(numbers).max().orElse(0);
    }

    /** Whether no ROI lies in the image. */
    public boolean isEmpty() {
        return outside == numbers.length;
    }

    /** What became of the ROIs, as sentences. */
    public String told() {
        long objects = Arrays.stream(numbers).distinct().count();
        String told = count(numbers.length, "ROI") + " became " + count(objects, "label") + ".";
        if (shared > 0) {
            told += " ROIs overlap: " + count(shared, "pixel") + (shared == 1 ? " belongs" : " belong")
                    + " to the later one.";
        }
        if (outside > 0) {
            told += " " + count(outside, "ROI") + (outside == 1 ? " lies" : " lie") + " outside the image.";
        }
        return everywhere > 0
                ? told + " " + everywhere + " without a slice " + (everywhere == 1 ? "was" : "were")
                        + " drawn in all slices."
                : told;
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static ImagePlus empty(ImagePlus original, int largest) {
        ImageStack planes = new ImageStack(original.getWidth(), original.getHeight());
        int count = original.getNSlices() * original.getNFrames();
        for (int i = 0; i < count; i++) {
            planes.addSlice(
                    largest > MAX_SHORT
                            ? new FloatProcessor(original.getWidth(), original.getHeight())
                            : new ShortProcessor(original.getWidth(), original.getHeight()));
        }
        ImagePlus labels = new ImagePlus(ResultFiles.stem(original.getTitle()) + "-labels", planes);
        labels.setCalibration(original.getCalibration().copy());
        labels.getCalibration().disableDensityCalibration();
        labels.setDimensions(1, original.getNSlices(), original.getNFrames());
        labels.setOpenAsHyperStack(original.getNFrames() > 1);
        return labels;
    }

    private void draw(Roi roi, int number) {
        int slices = image.getNSlices();
        int planes = image.getStackSize();
        int[] place = place(roi);
        everywhere += planes > 1 && place[0] == 0 && place[1] == 0 ? 1 : 0;
        boolean drawn = false;
        for (int plane = 0; plane < planes; plane++) {
            boolean here = (place[0] == 0 || place[0] == plane % slices + 1)
                    && (place[1] == 0 || place[1] == plane / slices + 1);
            drawn |= here && draw(roi, number, image.getStack().getProcessor(plane + 1));
        }
        outside += drawn ? 0 : 1;
    }

    /** Slice and frame of a ROI, from 1; 0: all. */
    private int[] place(Roi roi) {
        if (roi.hasHyperStackPosition()) {
            return new int[] {roi.getZPosition(), roi.getTPosition()};
        }
        if (roi.getPosition() <= 0) {
            return new int[2];
        }
        int[] position = original.convertIndexToPosition(roi.getPosition());
        return new int[] {position[1], position[2]};
    }

    /** Whether any pixel of it lies in the plane. */
    private boolean draw(Roi roi, int number, ImageProcessor plane) {
        Rectangle bounds = roi.getBounds();
        ImageProcessor mask = roi.getMask();
        Rectangle inside = bounds.intersection(new Rectangle(plane.getWidth(), plane.getHeight()));
        boolean drawn = false;
        for (int y = inside.y; y < inside.y + inside.height; y++) {
            for (int x = inside.x; x < inside.x + inside.width; x++) {
                if (mask == null || mask.get(x - bounds.x, y - bounds.y) != 0) {
                    float before = plane.getf(x, y);
                    shared += before != 0 && before != number ? 1 : 0;
                    plane.setf(x, y, number);
                    drawn = true;
                }
            }
        }
        return drawn;
    }
}
