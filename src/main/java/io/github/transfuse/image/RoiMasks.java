package io.github.transfuse.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.Opener;
import ij.process.ByteProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Class maps drawn from the regions of interest that ImageJ keeps with an image: those of its overlay, and the selection.
 * Each group of ROIs is a class; ROIs without a group are of the class of their name, and nameless ones of one class.
 */
public final class RoiMasks {
    /** What nameless ROIs are taken for. */
    static final String NAMELESS = DrawnShape.NAMELESS;

    private static final int MAX_CLASSES = 254;

    /** Names that the ROI Manager gives: positions in the image. */
    private static final String POSITION = "\\d{4}-\\d{4}(-\\d{4})*(-\\d+)?";

    private final List<String> classes;

    private RoiMasks(List<String> classes) {
        this.classes = List.copyOf(classes);
    }

    /**
     * Looks at images that are open or were opened.
     *
     * @throws UnsupportedImageException if there are more classes than a class map holds
     */
    public static RoiMasks of(List<ImagePlus> images) throws UnsupportedImageException {
        TreeSet<String> names = new TreeSet<>();
        images.forEach(image -> areas(image).forEach(roi -> names.add(className(roi))));
        if (names.size() > MAX_CLASSES) {
            throw new UnsupportedImageException(
                    images.get(0).getTitle(),
                    "the ROIs have " + names.size() + " different names, and each would be a class",
                    "Give the ROIs of a class one name or group.");
        }
        return new RoiMasks(new ArrayList<>(names));
    }

    /**
     * Opens an image with its ROIs.
     *
     * @throws UnsupportedImageException if ImageJ cannot
     */
    public static ImagePlus open(Path file) throws UnsupportedImageException {
        ImagePlus image = new Opener().openImage(file.toString());
        if (image == null) {
            throw new UnsupportedImageException(file, "ImageJ cannot open it", "Save it as TIFF, with its ROIs.");
        }
        return image;
    }

    /** Whether an image has any ROI with an area. */
    public static boolean hasAreas(ImagePlus image) {
        return !areas(image).isEmpty();
    }

    /** Names of the classes; the first has the value 1. */
    public List<String> classes() {
        return classes;
    }

    /** The class map of an image, 8-bit, with its slices and frames; later ROIs lie over earlier ones. */
    public ImagePlus draw(ImagePlus image) {
        int slices = image.getNSlices();
        int frames = image.getNFrames();
        ImageStack planes = new ImageStack(image.getWidth(), image.getHeight());
        for (int frame = 1; frame <= frames; frame++) {
            for (int slice = 1; slice <= slices; slice++) {
                ByteProcessor plane = new ByteProcessor(image.getWidth(), image.getHeight());
                for (Roi roi : areas(image)) {
                    if (lies(roi, image, slice, frame)) {
                        plane.setColor(1 + classes.indexOf(className(roi)));
                        plane.fill(roi);
                    }
                }
                planes.addSlice(plane);
            }
        }
        ImagePlus mask = new ImagePlus(image.getTitle(), planes);
        mask.setDimensions(1, slices, frames);
        return mask;
    }

    /**
     * Writes an image as TIFF, stacks too.
     *
     * @throws UnwritableOutputException if it cannot be written; nothing is left of it then
     */
    public static void save(ImagePlus image, Path file) throws IOException {
        ResultFiles.writeTiff(file, image, Map.of());
    }

    private static List<Roi> areas(ImagePlus image) {
        List<Roi> areas = new ArrayList<>();
        Overlay overlay = image.getOverlay();
        if (overlay != null) {
            areas.addAll(List.of(overlay.toArray()));
        }
        if (image.getRoi() != null) {
            areas.add(image.getRoi());
        }
        areas.removeIf(roi -> !roi.isArea());
        return areas;
    }

    private static String className(Roi roi) {
        return className(roi.getName(), roi.getGroup());
    }

    static String className(String name, int group) {
        if (group > 0) {
            return "group " + group;
        }
        return name == null || name.isBlank() || name.matches(POSITION) ? NAMELESS : name.strip();
    }

    /** A position of 0 means all. */
    private static boolean lies(Roi roi, ImagePlus image, int slice, int frame) {
        if (roi.hasHyperStackPosition()) {
            return (roi.getZPosition() == 0 || roi.getZPosition() == slice)
                    && (roi.getTPosition() == 0 || roi.getTPosition() == frame);
        }
        int[] position = image.convertIndexToPosition(Math.max(1, roi.getPosition()));
        return roi.getPosition() == 0 || (position[1] == slice && position[2] == frame);
    }
}
