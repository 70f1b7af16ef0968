package io.github.transfuse.torch.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.TorchModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The third stage of the decoder: its values, its resolution, and where it cannot be. */
class FineVariantTest {
    private static final int HEIGHT = 48;
    private static final int WIDTH = 64;
    private static final int SEED = 2;

    @BeforeAll
    static void loadEngine() {
        EngineLoader.engine();
    }

    /** Logits of the network for Python, {@code export/transfuse.py}, with the same weights, in float64. */
    @Test
    void theLogitsAreThoseOfPython() {
        float[] found = logits();
        int[][] places = {{0, 0}, {0, 63}, {47, 0}, {47, 63}, {20, 31}, {21, 31}, {20, 32}, {33, 17}};
        float[] python = {
            0.0793134f, -0.8627446f, 0.1750084f, -0.5454344f, -2.0223770f, -2.059208f, -1.9881936f, -1.5666280f
        };
        float[] here = new float[places.length];
        for (int i = 0; i < here.length; i++) {
            here[i] = found[places[i][0] * WIDTH + places[i][1]];
        }
        assertArrayEquals(python, here, 1e-4f, Arrays.toString(here));
        double mean = 0;
        for (float logit : found) {
            mean += logit / found.length;
        }
        assertEquals(-1.2353482, mean, 1e-4);
    }

    private static float[] logits() {
        float[] noise = new float[3 * HEIGHT * WIDTH];
        int hash = FormulaFill.hash("input", SEED);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) FormulaFill.uniform(hash, i);
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TransFuseNetwork network = TorchModels.network(new NetworkSpec(Variant.TFINE, 3, 1, true), 1)) {
            network.train(false);
            return StateDict.floats(network.forward(Tensor.create(noise, 1, 3, HEIGHT, WIDTH))
                    .map2()
                    .contiguous());
        }
    }

    @Test
    void thePredictionHasHalfOfTheResolutionAndTheOtherHeadsStay() {
        Map<String, List<Long>> sizes = new java.util.HashMap<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TransFuseNetwork network = TorchModels.network(new NetworkSpec(Variant.TFINE, 3, 3, true), 1)) {
            network.forward(Tensor.create(new float[3 * HEIGHT * WIDTH], 1, 3, HEIGHT, WIDTH), (name, map) -> {
                sizes.put(name, list(map));
                return map;
            });
        }
        assertEquals(List.of(1L, 3L, 24L, 32L), sizes.get("logit_2_low"));
        assertEquals(List.of(1L, 3L, 12L, 16L), sizes.get("logit_1_low"));
        assertEquals(List.of(1L, 3L, 3L, 4L), sizes.get("logit_x_low"));
        assertEquals(List.of(1L, 32L, 24L, 32L), sizes.get("fh3"));
    }

    private static List<Long> list(Tensor map) {
        List<Long> sizes = new ArrayList<>();
        for (long side : ShapeText.of(map)) {
            sizes.add(side);
        }
        return sizes;
    }

    /** Volumes, and planes whose stem is not pooled, have no map between the last stage and the image. */
    @Test
    void whereThereIsNoFinerMapThereIsNoThirdStage() {
        Variant fine = Variant.TFINE;
        for (Scales scales : List.of(
                Variant.T3D.scales(),
                new Scales(List.of(16, 16, 16), List.of(2, 2, 2)),
                new Scales(List.of(8, 8), List.of(2, 2)))) {
            List<Integer> grid = scales.axes() == 2 ? List.of(14, 14) : List.of(5, 7, 5);
            assertThrows(IllegalArgumentException.class, () -> fine.withScales(scales, grid));
        }
        assertEquals(List.of(2, 2), fine.cell());
        assertEquals(List.of(4, 4), Variant.T.cell());
    }
}
