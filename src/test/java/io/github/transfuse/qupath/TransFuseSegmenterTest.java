package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeModels;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideOptions;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import qupath.lib.images.ImageData;

/** What scripts get wrong is told in words. */
class TransFuseSegmenterTest {
    private static final ImageData<BufferedImage> NONE = null;

    private static String refusal(Executable call) {
        return assertThrows(SlideException.class, call).getMessage();
    }

    @Test
    void asksForAnImage() {
        try (TransFuseSegmenter segmenter = new TransFuseSegmenter(FakeModels.dark(2), SlideOptions.DEFAULT)) {
            assertTrue(refusal(() -> segmenter.segment(NONE)).contains("No image is open"));
            assertTrue(refusal(() -> segmenter.segment(NONE, List.of())).contains("No image is open"));
        }
    }

    @Test
    void asksForASelection() {
        String message = refusal(() -> SelectedAreas.drawn(Set.of()));

        assertTrue(message.contains("Nothing is selected") && message.contains("selectAnnotations()"), message);
    }
}
