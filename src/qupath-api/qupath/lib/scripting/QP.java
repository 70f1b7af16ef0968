package qupath.lib.scripting;

import java.awt.image.BufferedImage;
import qupath.lib.images.ImageData;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class QP {
    public static ImageData<BufferedImage> getCurrentImageData() {
        throw new UnsupportedOperationException();
    }
}
