package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.plugin.frame.Recorder;
import ij.plugin.frame.RoiManager;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiMasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What an open image can be trained with: a label image of its size that is open too, or ROIs.
 *
 * @param kind where the truth is
 * @param labels the label image; the image itself if its ROIs are the truth
 * @param line what is shown
 */
record OpenTruth(Kind kind, ImagePlus labels, String line) {
    /** What labels and masks of an image are called, behind its name. */
    private static final String SUFFIX = "[-_ .]?(cp[-_ ])?(labels?|masks?|segmentation|truth|gt)";

    /** Where a truth is. */
    enum Kind {
        /** Another open image. */
        LABELS,
        /** The overlay and the selection of the image. */
        ROIS,
        /** The ROI Manager, whose ROIs are to be copied into the overlay. */
        MANAGER
    }

    /** All images in windows. */
    static List<ImagePlus> images() {
        int[] ids = Optional.ofNullable(WindowManager.getIDList()).orElse(new int[0]);
        return Arrays.stream(ids)
                .mapToObj(WindowManager::getImage)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Everything that an image can be trained with, the likely first. */
    static List<OpenTruth> of(ImagePlus image, List<ImagePlus> open) {
        List<OpenTruth> found = new ArrayList<>();
        for (ImagePlus other : open) {
            if (other != image && fit(image, other)) {
                found.add(
                        isNamedFor(image, other) ? 0 : found.size(),
                        new OpenTruth(Kind.LABELS, other, other.getTitle()));
            }
        }
        int likely = found.isEmpty() || !isNamedFor(image, found.get(0).labels) ? 0 : 1;
        int managed = managed().size();
        if (managed > 0) {
            found.add(likely, new OpenTruth(Kind.MANAGER, image, "ROI Manager (" + managed + ")"));
        }
        if (!RoiMasks.Drawn.of(image).rois().isEmpty()) {
            found.add(likely, new OpenTruth(Kind.ROIS, image, "Its ROIs"));
        }
        return found;
    }

    /** Whether this is surely meant: labels by their name, or ROIs on the image. */
    boolean isLikely(ImagePlus image) {
        return kind == Kind.ROIS || (kind == Kind.LABELS && isNamedFor(image, labels));
    }

    private static boolean fit(ImagePlus image, ImagePlus labels) {
        return image.getWidth() == labels.getWidth()
                && image.getHeight() == labels.getHeight()
                && image.getNSlices() == labels.getNSlices()
                && image.getNFrames() == labels.getNFrames()
                && labels.getNChannels() == 1;
    }

    /** Whether an image has the name of labels of another. */
    static boolean isNamedFor(ImagePlus image, ImagePlus labels) {
        String stem = stem(image);
        return fit(image, labels)
                && stem(labels).startsWith(stem)
                && stem(labels).substring(stem.length()).matches(SUFFIX);
    }

    private static String stem(ImagePlus image) {
        return ResultFiles.stem(image.getTitle()).toLowerCase(Locale.ROOT);
    }

    private static List<Roi> managed() {
        RoiManager manager = RoiManager.getInstance();
        return manager == null
                ? List.of()
                : Arrays.stream(manager.getRoisAsArray()).filter(Roi::isArea).toList();
    }

    /** The same truth where macros find it again: ROIs of the manager are copied into the image's overlay. */
    OpenTruth onImage() {
        if (kind != Kind.MANAGER) {
            return this;
        }
        RoiManager manager = RoiManager.getInstance();
        if (manager != null) {
            manager.moveRoisToOverlay(labels);
            if (Recorder.record) {
                Recorder.record("selectImage", labels.getTitle());
                Recorder.record("run", "From ROI Manager");
            }
        }
        return new OpenTruth(Kind.ROIS, labels, "Its ROIs");
    }

    @Override
    public String toString() {
        return line;
    }
}
