package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.ModelFormatException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScalesTest {

    private static final Scales ANISOTROPIC = new Scales(List.of(4, 16, 8), List.of(1, 2, 1));

    @Test
    void headsSeeAQuarterOfAPatchAndWhatTheStemLeavesIsPooled() {
        assertEquals(List.of(1, 4, 2), ANISOTROPIC.head());
        assertEquals(List.of(1, 2, 2), ANISOTROPIC.pool());
        assertEquals(List.of(3, 7, 7), ANISOTROPIC.kernel(7));
        assertEquals(List.of(1, 1, 1), ANISOTROPIC.kernel(1));
    }

    @Test
    void inputsAreDividedIntoWholePatches() {
        assertEquals(List.of(5, 3, 7), ANISOTROPIC.grid(List.of(20, 48, 56)));
        assertTrue(ANISOTROPIC.divide(List.of(20, 48, 56)));
        assertFalse(ANISOTROPIC.divide(List.of(20, 40, 56)));
        assertFalse(ANISOTROPIC.divide(List.of(48, 56)));
    }

    @Test
    void otherNumbersAreRefusedWithTheirNames() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Scales(List.of(4, 16, 16), List.of(2, 2, 2)))
                .getMessage();
        assertTrue(message.contains("patch_size [4, 16, 16]") && message.contains("stem_stride [2, 2, 2]"), message);
    }

    @Test
    void aModelOfVolumesSurvivesItsFile() throws ModelFormatException {
        ModelSpec written = volumes(List.of(20, 48, 56), InputSpec.Mode.VOLUME);
        assertEquals(
                written,
                SpecReader.read("model.json", SpecWriter.text(written, "0".repeat(64)))
                        .spec());
    }

    @Test
    void theModeAndTheSizeMustFitTheNetwork() {
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> volumes(List.of(20, 48, 56), InputSpec.Mode.SLICES))
                        .getMessage()
                        .contains("T3D is for mode volume, not for mode slices"));
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> volumes(List.of(20, 50, 56), InputSpec.Mode.VOLUME))
                        .getMessage()
                        .contains("multiples of the patch_size [4, 16, 8]"));
    }

    private static ModelSpec volumes(List<Integer> size, InputSpec.Mode mode) {
        return new ModelSpec(
                new Identity("hippocampus", "Hippocampus", "In MR volumes.", "CC-BY-SA-4.0"),
                new NetworkSpec(Variant.T3D.withScales(ANISOTROPIC, List.of(5, 3, 7)), 1, 1, true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        size,
                        0.5,
                        new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.of(List.of(2.0, 1.0, 1.0)), "mm", mode, 0)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("structure", 0xff8000)),
                        OutputSpec.Kind.CLASSES,
                        0.5,
                        0,
                        false),
                ModelHistory.empty());
    }
}
