package io.github.transfuse.imagej;

import ij.ImagePlus;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import javax.swing.JLabel;

/** The line of a dialog that tells when the selection limits what is segmented; to be used on AWT's thread. */
final class SelectionLine {
    private final ImagePlus image;
    private final JLabel label = new JLabel();
    private String told = "";

    SelectionLine(ImagePlus image) {
        this.image = image;
    }

    /** Empty until the first look. */
    JLabel label() {
        return label;
    }

    /** What it says. */
    String told() {
        return told;
    }

    /**
     * Looks at the selection.
     *
     * @param used whether selections limit what is segmented
     * @return whether it says something else now
     */
    boolean look(boolean used) {
        String now = SelectionLimit.told(image, Settings.segmenting().with(Keys.SELECTION, used));
        boolean changed = !now.equals(told);
        told = now;
        label.setText(now.isEmpty() ? "" : SegmentDialog.wrapped(now));
        return changed;
    }
}
