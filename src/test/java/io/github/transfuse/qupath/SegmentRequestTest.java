package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.ObjectKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The script that is recorded says all that was asked for. */
class SegmentRequestTest {
    private static SegmentRequest request(String model, SegmentRequest.Scope scope) {
        return new SegmentRequest(
                Settings.parse(
                                Task.SLIDE,
                                "device=cpu channels=1,3,2 threshold=0.4 pixel_size=0.25 create=detections borders=exclude_edges"
                                        + " min_area=50"
                                        + " tissue_only measurements")
                        .with(Keys.MODEL, model),
                scope);
    }

    @Test
    void writesWhatWasAsked() {
        assertEquals(
                """
                import io.github.transfuse.qupath.TransFuseBuilder

                def transfuse = TransFuseBuilder.builder('skin-lesion')
                    .device('cpu')
                    .channels('1,3,2')
                    .threshold(0.4)
                    .pixelSize(0.25)
                    .createDetections()
                    .excludeEdges()
                    .minArea(50)
                    .tissueOnly(true)
                    .measurements(true)
                    .build()
                try {
                    selectAnnotations()
                    println transfuse.segment()
                } finally {
                    transfuse.close()
                }
                """,
                request("skin-lesion", SegmentRequest.Scope.SELECTED).script(List.of("selectAnnotations()")));
    }

    /** QuPath shows them beside the step. */
    @Test
    void listsWhatWasAsked() {
        Map<String, String> listed =
                request("skin-lesion", SegmentRequest.Scope.SELECTED).parameters();

        assertEquals("skin-lesion", listed.get("Model"));
        assertEquals("selected annotations", listed.get("Segment"));
        assertEquals("0.4", listed.get("Threshold"));
        assertEquals("exclude_edges", listed.get("Borders"));
        assertEquals("50", listed.get("Min area (µm²)"));
        assertEquals("auto", SegmentRequest.FIRST.parameters().get("Min area (µm²)"));
    }

    @Test
    void wholeImagesAndPathsAreWrittenSafely() {
        String script = request("C:\\models\\Bob's ${x}", SegmentRequest.Scope.WHOLE_IMAGE)
                .script(List.of("selectAnnotations()"));

        assertTrue(script.contains("builder('C:/models/Bob\\'s ${x}')"), script);
        assertTrue(script.contains("segment(getCurrentImageData())"), script);
        assertFalse(script.contains("selectAnnotations"), script);
    }

    /** What fits the model needs no word in the script, and is classes or instances. */
    @Test
    void theModelSaysWhatIsMade() throws IOException {
        String script = SegmentRequest.FIRST.ofWholeImage().script(List.of("selectAnnotations()"));

        assertFalse(script.contains("create"), script);
        assertTrue(ObjectKind.BY_MODEL.isDetections(OutputSpec.Kind.BOUNDARY_INSTANCES));
        assertFalse(ObjectKind.BY_MODEL.isDetections(OutputSpec.Kind.CLASSES));
        assertFalse(ObjectKind.ANNOTATIONS.isDetections(OutputSpec.Kind.BOUNDARY_INSTANCES));
        SegmentRequest.FIRST.builder().build().close();
    }

    @Test
    void templatesAreInTheJar() {
        for (String name : new String[] {"segment-selected", "segment-image", "export-training-set"}) {
            assertTrue(TransFuseExtension.text(name + ".groovy").contains("import io.github.transfuse.qupath."), name);
        }
    }
}
