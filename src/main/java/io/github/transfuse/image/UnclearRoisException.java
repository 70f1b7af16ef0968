package io.github.transfuse.image;

import java.io.IOException;

/** Names and groups of ROIs do not say whether they are objects or classes. */
public final class UnclearRoisException extends IOException {
    private static final long serialVersionUID = 1;

    /** Of so many ROIs of a file, or of several such as this one. */
    public UnclearRoisException(String title, int rois) {
        super(title + ": the names and groups of its " + rois
                + " ROIs do not say whether they are objects or classes. Set mask_type=instances if each ROI is an object, mask_type=classes if each"
                + " group, or each name without its number, is a class, or mask_type=binary if all are one class.");
    }
}
