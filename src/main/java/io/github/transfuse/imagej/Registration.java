package io.github.transfuse.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageWindow;
import java.util.List;

/** Makes results known to ImageJ, so that the last of them is the active image for whoever asked. */
final class Registration {
    private Registration() {}

    /** A title that no open image has, as ImageJ counts them: a second result must not be taken for the first. */
    static String title(String wanted) {
        String title = WindowManager.makeUniqueName(wanted);
        // Which does not see the images of batch mode
        for (int i = 1; WindowManager.getImage(title) != null; i++) {
            title = wanted + "-" + i;
        }
        return title;
    }

    /** Shows the images in order, on the thread of the caller: in batch mode the active image belongs to a thread. */
    static void show(List<ImagePlus> images) {
        images.forEach(ImagePlus::show);
        // The window of another one may have become active later than its own was made
        ImageWindow last = images.get(images.size() - 1).getWindow();
        if (last != null) {
            WindowManager.setCurrentWindow(last);
        }
    }
}
