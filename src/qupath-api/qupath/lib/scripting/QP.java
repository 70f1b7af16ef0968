package qupath.lib.scripting;

import java.awt.image.BufferedImage;
import qupath.lib.images.ImageData;
import qupath.lib.objects.hierarchy.PathObjectHierarchy;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class QP {
    public static void selectAnnotations(PathObjectHierarchy hierarchy) {
        throw new UnsupportedOperationException();
    }

    public static void selectTMACores(PathObjectHierarchy hierarchy) {
        throw new UnsupportedOperationException();
    }

    public static ImageData<BufferedImage> getCurrentImageData() {
        throw new UnsupportedOperationException();
    }
}
