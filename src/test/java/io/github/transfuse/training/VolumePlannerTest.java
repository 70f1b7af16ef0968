package io.github.transfuse.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolumePlannerTest {

    private static final VolumeSurvey HIPPOCAMPUS =
            new VolumeSurvey(List.of(35, 51, 36), List.of(1.0, 1.0, 1.0), "mm", 0);
    private static final VolumeSurvey PROSTATE =
            new VolumeSurvey(List.of(24, 320, 320), List.of(3.6, 0.625, 0.625), "mm", 0);

    private static VolumePlanner planner(String settings, VolumeSurvey survey) {
        return new VolumePlanner(Settings.parse(Task.TRAIN, settings), survey);
    }

    @Test
    void smallIsotropicVolumesAreSeenWholeInPatchesOfEight() {
        VolumePlanner planner = planner("mode=volume", HIPPOCAMPUS);
        Variant variant = planner.variant();
        assertEquals(new Scales(List.of(8, 8, 8), List.of(2, 2, 2)), variant.scales());
        assertEquals(List.of(5, 7, 5), variant.transformer().grid());
        InputSpec input = planner.input(variant.scales());
        assertEquals(List.of(40, 56, 40), input.size());
        assertEquals(Optional.of(List.of(1.0, 1.0, 1.0)), input.sampling().pixelSize());
        assertEquals(InputSpec.Mode.VOLUME, input.sampling().mode());
        assertEquals(Normalization.Kind.ZSCORE, input.normalization().kind());
    }

    @Test
    void slicesFarApartAreHalvedLessOftenAndTokensStayFew() {
        VolumePlanner planner = planner("mode=volume", PROSTATE);
        Variant variant = planner.variant();
        assertEquals(new Scales(List.of(4, 16, 16), List.of(1, 2, 2)), variant.scales());
        assertEquals(List.of(24, 160, 160), planner.input(variant.scales()).size());
        assertEquals(600, variant.transformer().tokens());
    }

    @Test
    void aVoxelSizeInThePlaneAndATileCanBeGiven() {
        VolumePlanner planner = planner("mode=volume pixel_size=1.25 tile_size=160x144x20", PROSTATE);
        Variant variant = planner.variant();
        InputSpec input = planner.input(variant.scales());
        assertEquals(List.of(20, 144, 160), input.size());
        assertEquals(Optional.of(List.of(3.6, 1.25, 1.25)), input.sampling().pixelSize());
        SettingException misfit =
                assertThrows(SettingException.class, () -> planner("mode=volume tile_size=64", PROSTATE)
                        .input(variant.scales()));
        assertTrue(misfit.getMessage().contains("16 x 16 x 4"), misfit.getMessage());
    }

    @Test
    void hounsfieldUnitsAreScaledByPercentiles() {
        VolumeSurvey ct = new VolumeSurvey(List.of(64, 64, 64), List.of(1.0, 1.0, 1.0), "pixel", -1024);
        InputSpec input = planner("mode=volume", ct).input(new Scales(List.of(16, 16, 16), List.of(2, 2, 2)));
        assertEquals(Normalization.Kind.PERCENTILE, input.normalization().kind());
        assertEquals(Optional.empty(), input.sampling().pixelSize());
    }
}
