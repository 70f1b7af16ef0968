package io.github.transfuse.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Masks drawn from regions of interest: each an object, or by group or name a class, as {@link RoiMeaning} says. Later ROIs lie
 * over earlier ones.
 */
public final class RoiMasks {
    private final RoiMeaning meaning;
    private final RoiClasses classes;

    private RoiMasks(RoiMeaning meaning, RoiClasses classes) {
        this.meaning = meaning;
        this.classes = classes;
    }

    /**
     * An image and the ROIs that are its truth.
     *
     * @param image that is open or was opened
     * @param rois those with areas
     */
    public record Drawn(ImagePlus image, List<Roi> rois) {
        /** Leaves out what has no area; outlines of one object that this plugin has drawn over an image become one. */
        public Drawn {
            rois = joined(rois.stream().filter(RoiMasks::isOutline).toList());
        }

        /** With the ROIs that ImageJ keeps with an image: those of its overlay, and the selection. */
        public static Drawn of(ImagePlus image) {
            List<Roi> rois = new ArrayList<>();
            Overlay overlay = image.getOverlay();
            if (overlay != null) {
                rois.addAll(List.of(overlay.toArray()));
            }
            if (image.getRoi() != null) {
                rois.add(image.getRoi());
            }
            return new Drawn(image, rois);
        }
    }

    /** An overlay has a ROI for each outline: the parts of an object, and its holes. */
    private static List<Roi> joined(List<Roi> rois) {
        Map<String, Roi> joined = new LinkedHashMap<>();
        for (int i = 0; i < rois.size(); i++) {
            Roi roi = rois.get(i);
            boolean ours = roi.getName() != null && roi.getName().startsWith(RoiName.OVERLAY);
            String place =
                    roi.getCPosition() + " " + roi.getZPosition() + " " + roi.getTPosition() + " " + roi.getPosition();
            joined.merge(ours ? roi.getName() + " " + place : "#" + i, roi, RoiMasks::withHole);
        }
        return List.copyOf(joined.values());
    }

    private static Roi withHole(Roi outline, Roi hole) {
        ShapeRoi both = new ShapeRoi(outline).xor(new ShapeRoi(hole));
        both.setName(outline.getName());
        if (outline.getGroup() > 0) {
            both.setGroup(outline.getGroup());
        }
        if (outline.hasHyperStackPosition()) {
            both.setPosition(outline.getCPosition(), outline.getZPosition(), outline.getTPosition());
        } else {
            both.setPosition(outline.getPosition());
        }
        return both;
    }

    /** Whether a ROI outlines something: text has an area, too, but no object. */
    public static boolean isOutline(Roi roi) {
        return roi.isArea() && !(roi instanceof TextRoi);
    }

    /**
     * Decides what ROIs mean.
     *
     * @param images with their ROIs
     * @param asked what they mean; empty: as their names and groups say
     * @throws UnclearRoisException if names and groups do not say it
     * @throws UnsupportedImageException if they do not tell the classes
     */
    public static RoiMasks of(List<Drawn> images, Optional<RoiMeaning> asked) throws IOException {
        String title = images.get(0).image.getTitle();
        List<Roi> all = images.stream().flatMap(image -> image.rois.stream()).toList();
        Optional<RoiMeaning> meaning = asked.or(() -> RoiMeaning.guess(all));
        if (meaning.isEmpty()) {
            throw new UnclearRoisException(title, all.size());
        }
        return new RoiMasks(
                meaning.get(),
                switch (meaning.get()) {
                    case OBJECTS -> RoiClasses.NONE;
                    case ONE -> RoiClasses.one(all);
                    case CLASSES -> RoiClasses.of(title, all);
                });
    }

    /**
     * The same for classes that are known already, in the order of their values.
     *
     * @param names of the classes
     * @throws UnsupportedImageException if a ROI is of none of them
     */
    public static RoiMasks ofKnown(Drawn image, List<String> names) throws UnsupportedImageException {
        return new RoiMasks(RoiMeaning.CLASSES, RoiClasses.ofKnown(image.image.getTitle(), image.rois, names));
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

    /** What the ROIs are. */
    public RoiMeaning meaning() {
        return meaning;
    }

    /** Names of the classes; the first has the value 1. Empty for objects. */
    public List<String> classes() {
        return classes.names();
    }

    /**
     * The mask of an image with its slices and frames: class values in 8 bits, or numbers of objects in 16 or 32.
     *
     * @param notes told what became of the ROIs
     * @throws UnsupportedImageException if no ROI lies in the image
     */
    public ImagePlus draw(Drawn image, Consumer<String> notes) throws UnsupportedImageException {
        boolean objects = meaning == RoiMeaning.OBJECTS;
        RoiLabels drawn = objects
                ? RoiLabels.draw(image.rois, image.image)
                : RoiLabels.draw(
                        image.rois, image.rois.stream().mapToInt(classes::value).toArray(), image.image);
        if (drawn.isEmpty()) {
            throw new UnsupportedImageException(
                    image.image.getTitle(), "none of its ROIs lies in the image", "Draw them on this image.");
        }
        notes.accept(drawn.told());
        return objects ? drawn.image() : bytes(drawn.image());
    }

    private static ImagePlus bytes(ImagePlus drawn) {
        ImageStack bytes = new ImageStack(drawn.getWidth(), drawn.getHeight());
        for (int plane = 1; plane <= drawn.getStackSize(); plane++) {
            bytes.addSlice(drawn.getStack().getProcessor(plane).convertToByte(false));
        }
        ImagePlus mask = new ImagePlus(drawn.getTitle(), bytes);
        mask.setDimensions(1, drawn.getNSlices(), drawn.getNFrames());
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
}
