package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.transfuse.batch.ObjectOutlines;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.image.RoiShapes;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a ROI of every label of a plane: what both kinds of command do once they have their settings. */
final class OutlineJob {
    private static final String MANAGER = "manager";

    private OutlineJob() {}

    /**
     * Makes the ROIs, and puts them where the settings say.
     *
     * @param active the label image if the settings name none
     * @return the ROIs
     * @throws IllegalArgumentException if there is no label image, or no ROI Manager
     * @throws IOException if a file cannot be read or written
     */
    static List<Roi> run(Settings settings, Optional<ImagePlus> active) throws IOException {
        Optional<String> destination = settings.get(Keys.DESTINATION);
        boolean manager = destination.map(MANAGER::equals).orElse(!GraphicsEnvironment.isHeadless());
        if (manager) {
            requireManager("destination=overlay");
        }
        LabelStack stack = LabelStack.of(settings.get(Keys.INPUT), active);
        Optional<Path> folder = settings.get(Keys.OUTPUT);
        if (folder.isPresent()) {
            ResultFiles.requireWritable(folder.get());
        }
        ObjectOutlines outlines = stack.outlines();
        List<Roi> rois = RoiOutput.rois(outlines, stack.image());
        if (folder.isPresent()) {
            Path file = ResultFiles.beside(folder.get(), stack.image().getTitle(), "-rois.zip");
            RoiShapes.writeZip(file, outlines.all(), outlines.slices(), outlines.frames());
        }
        if (manager) {
            RoiOutput.addToManager(rois);
        } else {
            RoiOutput.addToOverlay(rois, stack.shown());
        }
        String added = manager ? " to the ROI Manager" : " to the overlay";
        ObjectResults.tell(
                rois.isEmpty()
                        ? "The image has no label above 0: no ROI was made."
                        : rois.size() + (rois.size() == 1 ? " ROI added" : " ROIs added") + added + ".");
        return rois;
    }

    /**
     * Refuses what needs the ROI Manager where there is none.
     *
     * @param instead what to set instead
     */
    static void requireManager(String instead) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new SettingException("ImageJ has no ROI Manager without a display. Use " + instead + ".");
        }
    }
}
