package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedSegmentsTest {
    @TempDir
    private Path folder;

    private static OutputSpec output(OutputSpec.Kind kind) {
        return new OutputSpec(
                List.of(new OutputSpec.ClassSpec("Liver", 1), new OutputSpec.ClassSpec("spleen", 2)),
                kind,
                0.5,
                0,
                false);
    }

    private List<Pair> pairs(String first, String second) throws IOException {
        Path mask = folder.resolve("a.seg.nrrd");
        Files.writeString(
                mask,
                "NRRD0004\ntype: uint8\nSegment0_Name:=" + first + "\nSegment0_LabelValue:=1\nSegment1_Name:=" + second
                        + "\nSegment1_LabelValue:=2\n\n");
        return List.of(new Pair("a", folder.resolve("a.nrrd"), mask));
    }

    @Test
    void namesAtOtherNumbersAreRefused() throws IOException {
        List<Pair> swapped = pairs("spleen", "liver");
        String message = assertThrows(
                        UnsupportedImageException.class,
                        () -> NamedSegments.require(swapped, output(OutputSpec.Kind.CLASSES)))
                .getMessage();
        assertEquals(
                folder.resolve("a.seg.nrrd")
                        + ": its value 1 is named spleen, which is class 2 of the model. Number the"
                        + " segments in the order of the model's classes: Liver, spleen.",
                message);
        assertDoesNotThrow(() -> NamedSegments.require(swapped, output(OutputSpec.Kind.INSTANCES)));
    }

    @Test
    void namesInOrderAndNamesOfTheirOwnAreAccepted() throws IOException {
        List<Pair> same = pairs("liver", "SPLEEN");
        assertDoesNotThrow(() -> NamedSegments.require(same, output(OutputSpec.Kind.CLASSES)));
        assertEquals(Optional.empty(), NamedSegments.note(same, output(OutputSpec.Kind.CLASSES)));
        List<Pair> others = pairs("Segment_1", "Segment_2");
        assertDoesNotThrow(() -> NamedSegments.require(others, output(OutputSpec.Kind.CLASSES)));
        assertEquals(Optional.empty(), NamedSegments.note(others, output(OutputSpec.Kind.INSTANCES)));
        assertEquals(
                Optional.of(
                        "The masks name values Segment_2, which are no names of the model's classes (Liver, spleen):"
                                + " these are compared by their numbers."),
                NamedSegments.note(pairs("LIVER", "Segment_2"), output(OutputSpec.Kind.CLASSES)));
    }
}
