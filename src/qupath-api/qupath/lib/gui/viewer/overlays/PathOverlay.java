package qupath.lib.gui.viewer.overlays;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import qupath.lib.images.ImageData;
import qupath.lib.regions.ImageRegion;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface PathOverlay {
    void paintOverlay(
            Graphics2D graphics,
            ImageRegion region,
            double downsample,
            ImageData<BufferedImage> image,
            boolean completely);
}
