package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import io.github.transfuse.image.RoiMasks;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the ROIs of an image lie: in the ROI Manager, or in the image's overlay. */
final class RoiSource {
    /** Says that those of the ROI Manager are meant. */
    static final String MANAGER = "manager";

    /** Says that those of the overlay are meant. */
    static final String OVERLAY = "overlay";

    private RoiSource() {}

    /** Those of the ROI Manager, if there is one. */
    static List<Roi> managed() {
        // In batch mode ImageJ would make one, which is a window
        RoiManager manager = GraphicsEnvironment.isHeadless() ? null : RoiManager.getInstance();
        return manager == null ? List.of() : Arrays.asList(manager.getRoisAsArray());
    }

    /** Those of the overlay. */
    static List<Roi> laid(ImagePlus image) {
        Overlay overlay = image.getOverlay();
        return overlay == null ? List.of() : Arrays.asList(overlay.toArray());
    }

    /**
     * The ROIs as the truth about an image. Of the overlay, the selection is one too.
     *
     * @param source {@link #MANAGER} or {@link #OVERLAY}; empty: whichever has any
     * @throws IllegalArgumentException if there is none with an area, or it is not clear which are meant
     */
    static RoiMasks.Drawn truth(ImagePlus image, Optional<String> source) {
        return truth(image, managed(), source);
    }

    /** The same with these ROIs in the ROI Manager. */
    static RoiMasks.Drawn truth(ImagePlus image, List<Roi> inManager, Optional<String> source) {
        RoiMasks.Drawn managed = new RoiMasks.Drawn(image, inManager);
        RoiMasks.Drawn laid = RoiMasks.Drawn.of(image);
        boolean both = !managed.rois().isEmpty() && !laid.rois().isEmpty();
        if (source.isEmpty() && both && !same(managed.rois(), laid.rois())) {
            throw new IllegalArgumentException(
                    "There are ROIs in the ROI Manager (" + managed.rois().size()
                            + ") and in the overlay or selection of '" + image.getTitle() + "' ("
                            + laid.rois().size() + "). Set masks=" + MANAGER + " or masks=" + OVERLAY + ".");
        }
        boolean fromManager = source.map(MANAGER::equals).orElse(!managed.rois().isEmpty());
        RoiMasks.Drawn chosen = fromManager ? managed : laid;
        if (chosen.rois().isEmpty()) {
            throw new IllegalArgumentException("The image '" + image.getTitle() + "' has no ROI with an area"
                    + source.map(name -> name.equals(MANAGER) ? " in the ROI Manager" : " in its overlay")
                            .orElse("")
                    + ". Add ROIs to the ROI Manager or to its overlay, or name a label image as masks.");
        }
        return chosen;
    }

    private static boolean same(List<Roi> one, List<Roi> other) {
        return one.size() == other.size() && one.containsAll(other);
    }
}
