package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.model.OutputSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                    println transfuse.segment()
                } finally {
                    transfuse.close()
                }
                """,
                request("skin-lesion", SegmentRequest.Scope.SELECTED).script(Optional.empty()));
    }

    @Test
    void wholeImagesAndPathsAreWrittenSafely() {
        String script = request("C:\\models\\Bob's ${x}", SegmentRequest.Scope.WHOLE_IMAGE)
                .script(Optional.empty());

        assertTrue(script.contains("builder('C:/models/Bob\\'s ${x}')"), script);
        assertTrue(script.contains("segment(getCurrentImageData())"), script);
    }

    /** What fits the model needs no word in the script, and is classes or instances. */
    @Test
    void theModelSaysWhatIsMade() throws IOException {
        String script = SegmentRequest.FIRST.ofWholeImage().script(Optional.empty());

        assertFalse(script.contains("create"), script);
        assertTrue(ObjectKind.BY_MODEL.isDetections(OutputSpec.Kind.BOUNDARY_INSTANCES));
        assertFalse(ObjectKind.BY_MODEL.isDetections(OutputSpec.Kind.CLASSES));
        assertFalse(ObjectKind.ANNOTATIONS.isDetections(OutputSpec.Kind.BOUNDARY_INSTANCES));
        SegmentRequest.FIRST.builder().build().close();
    }

    @Test
    void theNumbersOfTheRunAreWrittenExactly() {
        FittedNormalization numbers = new FittedNormalization(List.of(1 / 255.0), List.of(0.1 + 0.2), List.of(1e-7));

        String script = request("m", SegmentRequest.Scope.SELECTED).script(Optional.of(numbers));

        Matcher call = Pattern.compile("\\.normalization\\('(.*)'\\)").matcher(script);
        assertTrue(call.find(), script);
        assertEquals(
                numbers,
                FittedNormalization.fromJson(
                        JsonParser.parseString(call.group(1)).getAsJsonObject()));
    }

    @Test
    void templatesAreInTheJar() {
        for (String name : new String[] {"segment-selected", "segment-image", "export-training-set"}) {
            assertTrue(TransFuseExtension.text(name + ".groovy").contains("import io.github.transfuse.qupath."), name);
        }
    }
}
