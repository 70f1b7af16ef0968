package io.github.transfuse.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransFuseSpecTest {

    private static final Path KEYS = Path.of("src", "test", "resources", "keys");

    @ParameterizedTest
    @ValueSource(strings = {"S", "L", "L384"})
    void describesTheReference(String variant) throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> lines = Files.readAllLines(KEYS.resolve("keys_" + variant + ".tsv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            expected.add(cells[0] + " " + cells[1]);
        }
        List<String> described = new ArrayList<>();
        TransFuseSpec.of(new NetworkSpec(Variant.of(variant), 3, 1, true))
                .state()
                .forEach((key, tensor) -> described.add(key + " " + row(tensor)));
        assertEquals(expected, described);
    }

    private static String row(TensorSpec tensor) {
        String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
        return shape.isEmpty() ? "scalar" : shape;
    }

    @Test
    void theTinyNetworkHasItsNumberOfParameters() {
        long parameters = TransFuseSpec.of(new NetworkSpec(Variant.T, 3, 1, true)).needed().entrySet().stream()
                .filter(entry -> !entry.getKey().contains("running_"))
                .mapToLong(entry -> entry.getValue().count())
                .sum();
        assertEquals(9.6e6, (double) parameters, 0.05e6);
    }

    @Test
    void volumesHaveOneAxisMore() {
        Variant anisotropic =
                Variant.T3D.withScales(new Scales(List.of(4, 16, 16), List.of(1, 2, 2)), List.of(6, 12, 12));
        Map<String, TensorSpec> state =
                TransFuseSpec.of(new NetworkSpec(anisotropic, 1, 2, true)).state();
        assertEquals(
                List.of(64L, 1L, 3L, 7L, 7L), state.get("resnet.conv1.weight").shape());
        assertEquals(
                List.of(192L, 1L, 4L, 16L, 16L),
                state.get("transformer.patch_embed.proj.weight").shape());
        assertEquals(List.of(1L, 864L, 192L), state.get("transformer.pos_embed").shape());
        assertEquals(
                List.of(256L, 256L, 3L, 3L, 3L), state.get("up_c.W.conv.weight").shape());
    }

    @Test
    void channelsAndClassesReachTheirLayers() {
        Map<String, TensorSpec> state =
                TransFuseSpec.of(new NetworkSpec(Variant.S, 5, 3, true)).state();
        assertEquals(List.of(64L, 5L, 7L, 7L), state.get("resnet.conv1.weight").shape());
        assertEquals(
                List.of(384L, 5L, 16L, 16L),
                state.get("transformer.patch_embed.proj.weight").shape());
        assertEquals(List.of(3L), state.get("final_2.1.conv.bias").shape());
    }

    /** A start of one kind serves the other, but for these. */
    @Test
    void onlyTheLastStepOfTheDecoderAndItsHeadTellTAndTFineApart() {
        NetworkSpec fine = new NetworkSpec(Variant.TFINE, 3, 2, true);
        Map<String, TensorSpec> state = TransFuseSpec.of(fine).state();
        Map<String, TensorSpec> coarse =
                TransFuseSpec.of(new NetworkSpec(Variant.T, 3, 2, true)).state();
        Set<String> apart = state.keySet().stream()
                .filter(name -> !state.get(name).equals(coarse.get(name)))
                .collect(Collectors.toSet());
        List<String> beginnings = TransFuseSpec.of(fine).finest();
        assertTrue(apart.stream().allMatch(name -> beginnings.stream().anyMatch(name::startsWith)));
        assertEquals(
                Set.of("up_c_3_2", "final_2"),
                apart.stream().map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet()));
        assertTrue(state.keySet().containsAll(coarse.keySet()));
        assertTrue(TransFuseSpec.hasThirdStage(state.keySet()));
        assertFalse(TransFuseSpec.hasThirdStage(coarse.keySet()));
    }

    /** The tensors that change with the task, found by comparing two tasks, are those that say so. */
    @Test
    void rolesAreWhatChangesWithTheTask() {
        NetworkSpec one = new NetworkSpec(Variant.T, 3, 1, true);
        assertEquals(changed(one, new NetworkSpec(Variant.T, 2, 1, true)), having(one, Role.CHANNELS));
        assertEquals(changed(one, new NetworkSpec(Variant.T, 3, 4, true)), having(one, Role.CLASSES));
        assertEquals(changed(one, new NetworkSpec(Variant.T.withGrid(5, 7), 3, 1, true)), having(one, Role.POSITIONS));
    }

    /** Batch counters and the unused class token: the rule by name that published files follow. */
    @Test
    void whatFilesMayLackIsDispensable() {
        NetworkSpec network = new NetworkSpec(Variant.L, 3, 1, true);
        Set<String> byName = TransFuseSpec.of(network).state().keySet().stream()
                .filter(key -> key.endsWith(".num_batches_tracked") || key.endsWith(".cls_token"))
                .collect(Collectors.toSet());
        assertEquals(new TreeSet<>(byName), having(network, Role.DISPENSABLE));
    }

    private static Set<String> changed(NetworkSpec one, NetworkSpec other) {
        Map<String, TensorSpec> before = TransFuseSpec.of(one).state();
        Map<String, TensorSpec> after = TransFuseSpec.of(other).state();
        return before.keySet().stream()
                .filter(key -> !before.get(key).shape().equals(after.get(key).shape()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> having(NetworkSpec network, Role role) {
        return TransFuseSpec.of(network).state().entrySet().stream()
                .filter(entry -> entry.getValue().role() == role)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
