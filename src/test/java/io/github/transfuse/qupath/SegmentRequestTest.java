package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.slide.ObjectKind;
import io.github.transfuse.slide.SlideOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The script that is recorded says all that was asked for. */
class SegmentRequestTest {
    private static SegmentRequest request(String model, SegmentRequest.Scope scope) {
        return new SegmentRequest(
                model,
                "cpu",
                Optional.of("1,3,2"),
                OptionalDouble.of(0.4),
                OptionalDouble.of(0.25),
                new SlideOptions.Objects(ObjectKind.DETECTIONS, 50, true, true),
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
                    .minArea(50.0)
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
