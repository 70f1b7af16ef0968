package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.TrainingPlan.Origin;
import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import io.github.transfuse.weights.TensorStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Trainings start from the general model in the jar, of which they keep the weights. */
class GeneralStartTest {
    /** What was said of the last start. */
    private List<String> told = List.of();

    private static ModelSpec wanted(ModelSpec from, Variant variant, int channels, int classes) {
        List<OutputSpec.ClassSpec> named = IntStream.range(0, Math.max(1, classes - 1))
                .mapToObj(i -> new OutputSpec.ClassSpec("mine " + i, 0))
                .toList();
        return new ModelSpec(
                from.identity(),
                new NetworkSpec(variant, channels, classes, true),
                from.input(),
                new OutputSpec(named, OutputSpec.Kind.CLASSES, 0.5, 0, false),
                from.history());
    }

    /** Names of the tensors that are not those of the general model. */
    private Set<String> others(Variant variant, int channels, int classes) throws IOException {
        ModelFolder general = GeneralStart.open();
        Set<String> others = new TreeSet<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                TransFuseNetwork network = new TransFuseNetwork(new NetworkSpec(variant, channels, classes, true), 0)) {
            Initialization.random(network, 1);
            told = StartingWeights.load(
                    network, general.path(), wanted(general.spec(), variant, channels, classes), Origin.GENERAL);
            TensorStore stored = general.tensors();
            for (Map.Entry<String, Tensor> entry : network.stateDict().entrySet()) {
                String name = entry.getKey();
                boolean same = stored.has(name)
                        && Arrays.equals(stored.get(name).floats(), StateDict.floats(entry.getValue()));
                if (!same) {
                    others.add(name);
                }
            }
        }
        return others;
    }

    @Test
    void oneForegroundKeepsEveryWeight() throws IOException {
        assertEquals(Set.of(), others(Variant.T, 3, 1));
        assertEquals(List.of(), told);
    }

    @Test
    void otherClassesHaveOutputsOfTheirOwn() throws IOException {
        Set<String> outputs = others(Variant.T, 3, 4);
        assertFalse(outputs.isEmpty());
        assertTrue(outputs.stream().allMatch(name -> name.startsWith("final")), outputs + "");
        assertEquals(List.of("the output layers start at random, because general has other classes"), told);
    }

    @Test
    void otherChannelsAndFinerOutlinesKeepTheRest() throws IOException {
        assertEquals(Set.of("resnet.conv1.weight", "transformer.patch_embed.proj.weight"), others(Variant.T, 2, 1));
        assertTrue(told.toString().contains("see 2 channel(s) instead of 3"), told + "");
        Set<String> finer = others(Variant.TFINE, 3, 1);
        assertFalse(finer.isEmpty());
        assertTrue(finer.stream().noneMatch(name -> name.startsWith("resnet.") || name.startsWith("transformer.")));
        assertEquals(List.of("the last step of the decoder starts at random, because general has a step less"), told);
    }

    @Test
    void itIsInNoListOfModels() throws IOException {
        assertTrue(ModelCatalogue.standard().entries().stream()
                .noneMatch(entry -> entry.name().equals(GeneralStart.NAME)));
        ModelFolder general = GeneralStart.open();
        assertEquals(Variant.T, general.spec().network().variant());
        assertArrayEquals(new int[] {3, 1}, new int[] {
            general.spec().imageChannels(), general.spec().network().classes()
        });
    }
}
