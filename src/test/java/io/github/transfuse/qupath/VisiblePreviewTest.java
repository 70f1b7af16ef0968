package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.slide.SlideException;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;
import qupath.lib.gui.viewer.QuPathViewer;
import qupath.lib.gui.viewer.overlays.PathOverlay;
import qupath.lib.images.ImageData;

/** The preview is drawn in the viewer that is used, as that is whose image is segmented. */
class VisiblePreviewTest {
    /** Without an image. */
    private static final class Viewer extends QuPathViewer {
        private final ObservableList<PathOverlay> layers = FXCollections.observableArrayList();

        @Override
        public ObservableList<PathOverlay> getCustomOverlayLayers() {
            return layers;
        }

        @Override
        public ImageData<BufferedImage> getImageData() {
            return null;
        }

        @Override
        public void repaint() {}
    }

    @Test
    void followsTheUser() {
        Viewer first = new Viewer();
        Viewer second = new Viewer();
        AtomicReference<QuPathViewer> current = new AtomicReference<>(first);
        VisiblePreview preview = new VisiblePreview(current::get, sentence -> {});
        assertEquals(List.of(preview), first.layers);
        current.set(second);

        String message = assertThrows(SlideException.class, () -> preview.ask(SegmentRequest.FIRST))
                .getMessage();

        assertEquals("No image is open. Open one first.", message);
        assertEquals(List.of(), first.layers);
        assertEquals(List.of(preview), second.layers);
        preview.remove();
        assertEquals(List.of(), second.layers);
    }
}
