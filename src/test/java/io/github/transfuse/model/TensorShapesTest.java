package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorShapesTest {
    private static final Path REFERENCE = Path.of("..", "shared", "reference");

    @ParameterizedTest
    @ValueSource(strings = {"S", "L", "L384"})
    void equalTheReference(String variant) throws IOException {
        Path table = REFERENCE.resolve("keys_" + variant + ".tsv");
        assumeTrue(Files.exists(table), "the reference tables are not here");
        Map<String, List<Long>> expected = new TreeMap<>();
        List<String> lines = Files.readAllLines(table);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            if (!cells[1].equals("scalar") && !cells[0].endsWith("cls_token")) {
                expected.put(
                        cells[0],
                        Arrays.stream(cells[1].split("x", -1))
                                .map(Long::valueOf)
                                .toList());
            }
        }
        assertEquals(expected, new TreeMap<>(TensorShapes.of(new NetworkSpec(Variant.of(variant), 3, 1, true))));
    }

    @Test
    void theTinyNetworkHasItsNumberOfParameters() {
        long parameters = TensorShapes.of(new NetworkSpec(Variant.T, 3, 1, true)).entrySet().stream()
                .filter(entry -> !entry.getKey().contains("running_"))
                .mapToLong(entry -> entry.getValue().stream().reduce(1L, (a, b) -> a * b))
                .sum();
        assertEquals(9.6e6, (double) parameters, 0.05e6);
    }

    @Test
    void volumesHaveOneAxisMore() {
        Variant anisotropic =
                Variant.T3D.withScales(new Scales(List.of(4, 16, 16), List.of(1, 2, 2)), List.of(6, 12, 12));
        Map<String, List<Long>> shapes = TensorShapes.of(new NetworkSpec(anisotropic, 1, 2, true));
        assertEquals(List.of(64L, 1L, 3L, 7L, 7L), shapes.get("resnet.conv1.weight"));
        assertEquals(List.of(192L, 1L, 4L, 16L, 16L), shapes.get("transformer.patch_embed.proj.weight"));
        assertEquals(List.of(1L, 864L, 192L), shapes.get("transformer.pos_embed"));
        assertEquals(List.of(256L, 256L, 3L, 3L, 3L), shapes.get("up_c.W.conv.weight"));
    }

    @Test
    void channelsAndClassesReachTheirLayers() {
        Map<String, List<Long>> shapes = TensorShapes.of(new NetworkSpec(Variant.S, 5, 3, true));
        assertEquals(List.of(64L, 5L, 7L, 7L), shapes.get("resnet.conv1.weight"));
        assertEquals(List.of(384L, 5L, 16L, 16L), shapes.get("transformer.patch_embed.proj.weight"));
        assertEquals(List.of(3L), shapes.get("final_2.1.conv.bias"));
    }
}
