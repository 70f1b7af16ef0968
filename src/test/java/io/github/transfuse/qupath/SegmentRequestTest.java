package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.ObjectKind;
import io.github.transfuse.slide.SlideInfo;
import io.github.transfuse.slide.SlideModels;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** "This plane" is the one that was shown, in the script as well; the others are all planes. */
    @Test
    void thePlaneThatIsShownIsSaid() {
        String script = request("nuclei", SegmentRequest.Scope.PLANE).at(2, 0).script(List.of("selectAnnotations()"));
        assertTrue(script.contains(".with('slices', '3')") && script.contains(".with('frames', '1')"), script);
        assertTrue(script.contains("segment(getCurrentImageData())"), script);
        for (SegmentRequest.Scope other : List.of(SegmentRequest.Scope.SELECTED, SegmentRequest.Scope.WHOLE_IMAGE)) {
            assertEquals(request("nuclei", other), request("nuclei", other).at(2, 0));
        }
    }

    /** The window begins with a model that is made for cells on slides. */
    @Test
    void modelsThatFitComeFirst() throws IOException {
        for (boolean rgb : new boolean[] {true, false}) {
            List<String> models = proposed(rgb, false);
            assertEquals(List.of("nuclei", "nuclei-he"), models.subList(0, 2));
            assertEquals("skin-lesion", models.get(models.size() - 1));
        }
        List<String> models = proposed(true, true);
        assertEquals(List.of("nuclei-he", "nuclei"), models.subList(0, 2), "of an image that is stained");
        assertEquals("skin-lesion", models.get(models.size() - 1));
    }

    private static List<String> proposed(boolean rgb, boolean stained) throws IOException {
        SlideInfo slide = new SlideInfo("s", 9, 9, 3, rgb, Optional.empty());
        return SegmentDialog.fittingFirst(SlideModels.list(), slide, stained).stream()
                .filter(entry -> entry.source() == ModelCatalogue.Source.BUNDLED)
                .map(ModelCatalogue.Entry::name)
                .toList();
    }

    /** They name calls that exist, and no model that sees a whole slide at once. */
    @Test
    void templatesAreInTheJar() throws IOException {
        Set<String> calls = Stream.of(TransFuseBuilder.class, TransFuseTrainer.class, TrainingSetExport.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());
        Pattern call = Pattern.compile("(?m)^ +(?:// )?\\.(\\w+)[ (]");
        List<Path> templates;
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/github/transfuse/qupath"))) {
            templates = files.toList();
        }
        assertEquals(6, templates.size());
        for (Path template : templates) {
            String text = TransFuseExtension.text(template.getFileName().toString());
            assertTrue(text.contains("import io.github.transfuse.qupath."), template.toString());
            assertFalse(text.contains("skin-lesion"), template.toString());
            call.matcher(text).results().forEach(found -> assertTrue(calls.contains(found.group(1)), found.group()));
        }
    }
}
