package qupath.lib.gui.viewer;

import java.awt.Shape;
import java.awt.image.BufferedImage;
import javafx.collections.ObservableList;
import qupath.lib.gui.viewer.overlays.PathOverlay;
import qupath.lib.images.ImageData;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class QuPathViewer {
    public ImageData<BufferedImage> getImageData() {
        throw new UnsupportedOperationException();
    }

    public Shape getDisplayedRegionShape() {
        throw new UnsupportedOperationException();
    }

    public int getZPosition() {
        throw new UnsupportedOperationException();
    }

    public int getTPosition() {
        throw new UnsupportedOperationException();
    }

    public ObservableList<PathOverlay> getCustomOverlayLayers() {
        throw new UnsupportedOperationException();
    }

    public void repaint() {
        throw new UnsupportedOperationException();
    }
}
