package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.ImagenetBranches;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings start from the pretrained branches in the jar. */
class ImagenetStartTest {
    private static final Path DATA = Path.of("../shared/data/backbones");
    private static final Normalization OTHER =
            new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);

    @TempDir
    private Path folder;

    /** A network of a variant that starts from the jar, seen once. */
    private static void started(Variant variant, int channels, Seen seen) throws IOException {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TransFuseNetwork network = new TransFuseNetwork(new NetworkSpec(variant, channels, 1, true), 0)) {
            Initialization.random(network, 1);
            Backbones.Loaded loaded = Backbones.load(network, ImagenetBranches.read(), OTHER);
            assertTrue(loaded.foldedNorms());
            seen.look(network.stateDict(), loaded.notes());
        }
    }

    private interface Seen {
        void look(Map<String, Tensor> state, List<String> notes) throws IOException;
    }

    private static float[] stored(String name) throws IOException {
        for (TensorStore store : ImagenetBranches.read()) {
            if (store.has(name)) {
                return store.get(name).floats();
            }
        }
        throw new IllegalArgumentException(name);
    }

    @Test
    void bothBranchesOfTAreThoseOfTheJar() throws IOException {
        started(Variant.T, 3, (state, notes) -> {
            assertEquals(List.of(), notes);
            for (String name : List.of("conv1.weight", "layer2.0.downsample.0.weight", "layer3.1.conv2.weight")) {
                assertArrayEquals(stored(name), StateDict.floats(state.get("resnet." + name)), name);
            }
            assertArrayEquals(stored("layer3.1.conv2.bias"), StateDict.floats(state.get("resnet.layer3.1.bn2.bias")));
            for (String name : List.of("patch_embed.proj.weight", "blocks.7.mlp.fc2.weight", "norm.bias")) {
                assertArrayEquals(stored(name), StateDict.floats(state.get("transformer." + name)), name);
            }
            float[] table = stored("pos_embed");
            assertArrayEquals(
                    Arrays.copyOfRange(table, 192, table.length),
                    StateDict.floats(state.get("transformer.pos_embed")),
                    1e-6f);
        });
    }

    @Test
    void volumesSeeThemInflated() throws IOException {
        started(Variant.T3D, 1, (state, notes) -> {
            Tensor kernels = state.get("resnet.layer3.1.conv2.weight");
            assertEquals(3, kernels.size(2));
            assertArrayEquals(stored("layer3.1.conv2.weight"), StateDict.floats(kernels.select(2, 1)));
            assertEquals(0, kernels.select(2, 0).abs().sum().item().toDouble());
            assertArrayEquals(
                    stored("blocks.7.attn.qkv.weight"),
                    StateDict.floats(state.get("transformer.blocks.7.attn.qkv.weight")));
            assertTrue(notes.toString().contains("see 1 channel(s) instead of 3"), notes::toString);
        });
    }

    @Test
    void otherChannelsSeeTheMeanOfTheColours() throws IOException {
        started(Variant.T, 2, (state, notes) -> {
            float[] colours = stored("conv1.weight");
            float[] found = StateDict.floats(state.get("resnet.conv1.weight"));
            int size = 49;
            for (int i = 0; i < found.length; i++) {
                int kernel = i / (2 * size);
                int at = 3 * size * kernel + i % size;
                assertEquals((colours[at] + colours[at + size] + colours[at + 2 * size]) / 2, found[i], 1e-5f);
            }
            assertTrue(notes.toString().contains("see 2 channel(s) instead of 3"), notes::toString);
        });
    }

    @Test
    void onlyVariantsOfTheseWidthsFit() {
        assertTrue(ImagenetBranches.fit(Variant.T.withBlocks(4).withGrid(3, 5)));
        assertTrue(ImagenetBranches.fit(Variant.TFINE));
        for (Variant variant : List.of(Variant.S, Variant.L, Variant.L384, Variant.T.withBlocks(9))) {
            assertTrue(!ImagenetBranches.fit(variant), variant.name());
        }
    }

    /** The jar's branches are those that were measured, less what T has no room for. */
    @Test
    void theJarHoldsTheSourcesBits() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "no data set " + DATA);
        List<TensorStore> sources = List.of(
                Safetensors.open(DATA.resolve("resnet18_imagenet1k_stem_layer1-3_bnfolded.fp16.safetensors")),
                Safetensors.open(DATA.resolve("vit_tiny_patch16_224_in1k_no_head.fp16.safetensors")));
        List<TensorStore> jar = ImagenetBranches.read();
        for (int i = 0; i < 2; i++) {
            for (String name : jar.get(i).names()) {
                assertEquals(
                        sources.get(i).get(name).data(), jar.get(i).get(name).data(), name);
            }
            assertTrue(jar.get(i).metadata().containsKey("licence"));
        }
    }

    @Test
    void theModelSaysWhatItStartedFromAlsoWhenResumed() throws IOException {
        TinyTraining training = new TinyTraining(folder)
                .pictures(3)
                .variant(Variant.T)
                .origin(Origin.IMAGENET)
                .epochs(2)
                .batch(2);
        List<String> notes = training.run(1).notes();
        String told = "The branches start from " + ImagenetBranches.WORDS + ". The decoder starts at random.";
        assertTrue(notes.contains(told), notes::toString);
        assertEquals(told, start(training));
        assertTrue(told.contains("BSD-3-Clause") && told.contains("Apache-2.0"));
        assertTrue(Files.readString(training.outputFolder().resolve(ModelFolder.CARD))
                .contains("- start: " + told));

        // whatever the settings say now: the weights are those of the checkpoint
        List<String> resumed = training.origin(Origin.RANDOM).resume(true).run().notes();
        assertTrue(resumed.contains("The training goes on from its checkpoint."), resumed::toString);
        assertEquals(told, start(training));
    }

    private static String start(TinyTraining training) throws IOException {
        return ModelFolder.open(training.outputFolder())
                .spec()
                .history()
                .training()
                .get("start")
                .getAsString();
    }
}
