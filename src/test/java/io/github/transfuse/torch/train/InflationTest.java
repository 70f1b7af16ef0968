package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Scales;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.Layer;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of a network for planes in one for volumes. */
class InflationTest {

    private static final Variant PLANE = TinyTraining.VARIANT;
    /** Slices far apart: nothing is pooled along z, four slices are one patch. */
    private static final Variant VOLUME =
            PLANE.withScales(new Scales(List.of(4, 16, 16), List.of(1, 2, 2)), List.of(2, 3, 3));

    @TempDir
    private Path folder;

    private final PointerScope scope = new PointerScope();
    private final NoGradGuard guard = new NoGradGuard();
    private final TransFuseNetwork plane = new TransFuseNetwork(new NetworkSpec(PLANE, 3, 1, true), 0);
    private final TransFuseNetwork volume = new TransFuseNetwork(new NetworkSpec(VOLUME, 1, 1, true), 0);

    @AfterEach
    void free() {
        plane.close();
        volume.close();
        guard.close();
        scope.close();
    }

    @BeforeEach
    void inflate() throws IOException {
        Initialization.random(plane, 1);
        Initialization.random(volume, 2);
        plane.stateDict().get("transformer.pos_embed").uniform_();
        write("cnn", plane.resnet());
        write("vit", plane.transformer());
        Backbones.load(
                volume,
                Backbones.open(folder),
                new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100));
    }

    private void write(String name, Layer branch) throws IOException {
        Safetensors.write(folder.resolve(name + ".safetensors"), StateDict.store(branch, DType.F32), Map.of());
    }

    @Test
    void theCnnBranchSeesEverySliceAsTheOneForPlanesDoes() {
        Tensor stack = torch.randn(1, 1, 8, 48, 48);
        Map<String, Tensor> found = taps(volume, stack);
        int[] slicesPerCell = {4, 2, 1};
        for (int level = 0; level < slicesPerCell.length; level++) {
            Tensor map = found.get("g" + level);
            assertEquals(8 / slicesPerCell[level], map.size(2));
            for (int cell = 0; cell < map.size(2); cell++) {
                Tensor slice = stack.select(2, (long) cell * slicesPerCell[level]);
                Tensor expected = taps(plane, slice.expand(1, 3, 48, 48)).get("g" + level);
                assertArrayEquals(
                        StateDict.floats(expected), StateDict.floats(map.select(2, cell)), 1e-4f, "g" + level);
            }
        }
    }

    @Test
    void aVolumeOfEqualSlicesGivesTheTokensOfTheSlice() {
        Tensor slice = torch.randn(1, 1, 48, 48);
        Tensor stack = slice.unsqueeze(2).expand(1, 1, 8, 48, 48);
        Tensor tokens = taps(volume, stack).get("tok_embed").reshape(2, 9, -1);
        float[] expected =
                StateDict.floats(taps(plane, slice.expand(1, 3, 48, 48)).get("tok_embed"));
        for (int z = 0; z < 2; z++) {
            assertArrayEquals(expected, StateDict.floats(tokens.select(0, z)), 1e-4f);
        }
    }

    @Test
    void thePositionTableRepeatsAlongZ() {
        Tensor table = volume.stateDict().get("transformer.pos_embed").reshape(2, 9, -1);
        float[] expected = StateDict.floats(plane.stateDict().get("transformer.pos_embed"));
        assertArrayEquals(expected, StateDict.floats(table.select(0, 0)), 1e-6f);
        assertArrayEquals(expected, StateDict.floats(table.select(0, 1)), 1e-6f);
    }

    @Test
    void patchesOfAnotherSizeAnswerAFlatInputAlike() {
        Tensor kernels = torch.rand(5, 2, 16, 16);
        Tensor smaller = Inflation.patches(kernels, 8, 8, 8);
        assertArrayEquals(
                StateDict.floats(kernels.flatten(2, -1).sum(2)),
                StateDict.floats(smaller.flatten(2, -1).sum(2)),
                1e-2f);
    }

    private static Map<String, Tensor> taps(TransFuseNetwork network, Tensor image) {
        Map<String, Tensor> found = new HashMap<>();
        network.train(false);
        network.forward(image, (name, tensor) -> {
            found.put(name, tensor);
            return tensor;
        });
        return found;
    }
}
