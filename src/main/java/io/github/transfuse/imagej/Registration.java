package io.github.transfuse.imagej;

import ij.ImagePlus;
import java.util.List;

/** Makes results known to ImageJ, so that the last of them is the active image for whoever asked. */
final class Registration {
    private Registration() {}

    /** Shows the images in order, on the thread of the caller: in batch mode the active image belongs to a thread. */
    static void show(List<ImagePlus> images) {
        images.forEach(ImagePlus::show);
    }
}
