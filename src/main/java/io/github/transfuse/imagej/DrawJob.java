package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import io.github.transfuse.image.RoiLabels;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws labels from ROIs: what both kinds of command do once they have their settings. */
final class DrawJob {
    private DrawJob() {}

    /**
     * Draws a label image, which is not shown yet.
     *
     * @param active the image that the ROIs belong to if the settings name none
     * @throws IllegalArgumentException if there is no image, or no ROI with an area
     * @throws IOException if a file cannot be read
     */
    static ImagePlus run(Settings settings, Optional<ImagePlus> active) throws IOException {
        Optional<String> named = settings.get(Keys.INPUT);
        Optional<ImagePlus> image = named.isPresent() ? Optional.of(InputImages.named(named.get())) : active;
        ImagePlus held = InputImages.held(image);
        List<Roi> rois = rois(settings.get(Keys.SOURCE), image.orElseThrow());
        List<Roi> areas = new ArrayList<>(rois);
        areas.removeIf(roi -> !RoiMasks.isOutline(roi));
        if (areas.isEmpty()) {
            throw new IllegalArgumentException(
                    rois.isEmpty()
                            ? "There is no ROI: the ROI Manager and the overlay of '" + held.getTitle()
                                    + "' are empty. Add ROIs first."
                            : "No ROI has an area, of " + rois.size() + ": lines, points and texts make no labels.");
        }
        RoiLabels labels = RoiLabels.draw(areas, held);
        int left = rois.size() - areas.size();
        ObjectResults.tell(labels.told() + (left > 0 ? " " + left + " without an area left out." : ""));
        ImagePlus drawn = labels.image();
        drawn.setTitle(Registration.title(drawn.getTitle()));
        drawn.setLut(ResultStacks.lut(LabelStack.colors()));
        drawn.setDisplayRange(0, Math.max(255, labels.largest()));
        return drawn;
    }

    private static List<Roi> rois(Optional<String> source, ImagePlus image) {
        List<Roi> managed = RoiSource.managed();
        List<Roi> laid = RoiSource.laid(image);
        if (source.isEmpty()) {
            return managed.isEmpty() ? laid : managed;
        }
        List<Roi> chosen = source.get().equals(RoiSource.MANAGER) ? managed : laid;
        if (chosen.isEmpty()) {
            String other = source.get().equals(RoiSource.MANAGER) ? RoiSource.OVERLAY : RoiSource.MANAGER;
            throw new IllegalArgumentException("There is no ROI in the "
                    + (source.get().equals(RoiSource.MANAGER) ? "ROI Manager" : "overlay of '" + image.getTitle() + "'")
                    + ". Add ROIs, or use source=" + other + ".");
        }
        return chosen;
    }
}
