package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import io.github.transfuse.batch.ObjectOutlines;
import io.github.transfuse.image.RoiShapes;
import java.util.List;

/** Gives ROIs to ImageJ: none that were there before are removed. */
final class RoiOutput {
    private RoiOutput() {}

    /** ROIs with positions as an image has them. */
    static List<Roi> rois(ObjectOutlines outlines, ImagePlus image) {
        boolean hyperstack = image.isHyperStack() || image.getNChannels() > 1;
        return outlines.all().stream()
                .map(object -> RoiShapes.of(object, outlines.slices(), outlines.frames(), hyperstack))
                .toList();
    }

    /** Adds ROIs to the ROI Manager, behind those that are there. */
    static void addToManager(List<Roi> rois) {
        if (rois.isEmpty()) {
            return;
        }
        // In batch mode macros have a manager of their own
        RoiManager manager = RoiManager.getInstance() == null ? RoiManager.getRoiManager() : RoiManager.getInstance();
        int last = rois.size() - 1;
        rois.subList(0, last).forEach(roi -> manager.add(roi, -1));
        manager.addRoi(rois.get(last)); // which shows all of them, where Show All is on
    }

    /** Adds ROIs to the overlay of an image, in place of those of an earlier run that have the same names. */
    static void addToOverlay(List<Roi> rois, ImagePlus image) {
        Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
        rois.forEach(roi -> {
            overlay.remove(roi.getName());
            overlay.add(roi);
        });
        image.setOverlay(overlay);
    }
}
