package io.github.transfuse.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.TransFuse;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.OutputSpec.Kind;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** A setting that changes nothing for a model is told, and only then. */
class IdleSettingsTest {
    private static List<String> notes(int outputs, Kind kind, String settings) throws IOException {
        try (TransFuse model = FakeNetworks.open(
                        FakeNetworks.model(Rule.TILE, outputs, kind, Optional.empty()),
                        options -> new FakeNetworks.Times(1))
                .settings(Settings.parse(settings))) {
            long[] size = outputs == 1 ? new long[] {40, 30} : new long[] {40, 30, outputs};
            return model.segment(ArrayImgs.floats(size)).provenance().notes().stream()
                    .filter(note -> note.startsWith("No effect"))
                    .toList();
        }
    }

    @Test
    void splittingIsForModelsOfTouchingObjects() throws IOException {
        String idle = "No effect of split_depth: this model does not tell touching objects apart.";
        assertEquals(List.of(), notes(3, Kind.BOUNDARY_INSTANCES, "split_depth=1"));
        assertEquals(List.of(), notes(1, Kind.CLASSES, "split_depth=auto"));
        assertEquals(List.of(idle), notes(1, Kind.INSTANCES, "split_depth=0"));
        assertEquals(List.of(idle), notes(3, Kind.BOUNDARY_INSTANCES, "split_depth=1 output_type=classes"));
    }

    @Test
    void aThresholdIsForModelsOfOneClassAndOfTouchingObjects() throws IOException {
        assertEquals(List.of(), notes(1, Kind.CLASSES, "threshold=0.3"));
        assertEquals(List.of(), notes(1, Kind.INSTANCES, "threshold=0.3"));
        assertEquals(List.of(), notes(3, Kind.CLASSES, "threshold=auto"));
        String classes =
                "No effect of threshold: this model has several classes, and each pixel gets the most probable one.";
        assertEquals(List.of(classes), notes(3, Kind.CLASSES, "threshold=0.3"));
        assertEquals(List.of(classes), notes(3, Kind.INSTANCES, "threshold=0.3"));
        assertEquals(List.of(), notes(3, Kind.BOUNDARY_INSTANCES, "threshold=0.3"));
        assertEquals(List.of(classes), notes(3, Kind.BOUNDARY_INSTANCES, "threshold=0.3 output_type=classes"));
    }
}
