package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Roi;
import ij.gui.TextRoi;
import io.github.transfuse.image.RoiMasks;
import io.github.transfuse.image.SelectedArea;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import java.awt.Rectangle;
import java.util.Optional;

/** The selection of an image as the limit of what is segmented. */
final class SelectionLimit {
    private static final String OR =
            " select an area, or remove the selection (Edit > Selection > Select None), or set" + " selection=false.";

    private SelectionLimit() {}

    /**
     * The selected area; empty if nothing is selected, or the settings leave selections alone.
     *
     * @throws IllegalArgumentException if the selection has no area, or none within the image
     */
    static Optional<SelectedArea> of(ImagePlus image, Settings settings) {
        Roi selection = image.getRoi();
        if (selection == null || !settings.get(Keys.SELECTION)) {
            return Optional.empty();
        }
        if (!RoiMasks.isOutline(selection)) {
            throw new IllegalArgumentException("The selection of '" + image.getTitle() + "' is "
                    + kind(selection) + ", which has no area. To segment,"
                    + OR);
        }
        SelectedArea area = SelectedArea.of(selection, image.getWidth(), image.getHeight());
        if (area.isEmpty()) {
            throw new IllegalArgumentException(
                    "The selection of '" + image.getTitle() + "' holds no pixel of the image. To segment," + OR);
        }
        return Optional.of(area);
    }

    private static String kind(Roi selection) {
        if (selection instanceof TextRoi) {
            return "a text";
        }
        if (selection.getType() == Roi.POINT) {
            return selection.size() == 1 ? "a point" : "a set of points";
        }
        return selection instanceof Line || selection.isLine() ? "a line" : "an angle";
    }

    /** What a dialog says about the selection; nothing if there is none. */
    static String told(ImagePlus image, Settings settings) {
        if (image.getRoi() == null) {
            return "";
        }
        try {
            Optional<SelectedArea> area = of(image, settings);
            if (area.isEmpty()) {
                return "The selection is not used: the whole image is segmented.";
            }
            Rectangle bounds = area.get().bounds();
            return area.get().isAll()
                    ? ""
                    : "Only the selection is segmented: " + bounds.width + " x " + bounds.height + " pixels.";
        } catch (IllegalArgumentException e) {
            return Failures.message(e);
        }
    }
}
