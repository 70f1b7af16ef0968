package io.github.transfuse.torch.nn;

import static io.github.transfuse.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.Fixtures;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State dictionaries have the reference's keys, shapes, formats and order. */
class KeysGoldenTest {

    private static final Path KEYS = Path.of("src", "test", "resources", "keys");

    @ParameterizedTest
    @ValueSource(strings = {"S", "L", "L384"})
    void stateDictionaryIsTheReferences(String variant) throws IOException {
        List<String> expected = Files.readAllLines(KEYS.resolve("keys_" + variant + ".tsv"));
        List<String> actual = new ArrayList<>(List.of("key\tshape\tdtype"));
        try (TransFuseNetwork network = new TransFuseNetwork(new NetworkSpec(Variant.of(variant), 3, 1, true), 0)) {
            network.stateDict().forEach((key, tensor) -> actual.add(row(key, tensor)));
        }
        assertEquals(expected.size(), actual.size(), "number of keys");
        for (int i = 0; i < actual.size(); i++) {
            assertEquals(expected.get(i), actual.get(i), "key " + i);
        }
    }

    private static String row(String key, Tensor tensor) {
        String shape =
                Arrays.stream(ShapeText.of(tensor)).mapToObj(Long::toString).collect(Collectors.joining("x"));
        String format = tensor.scalar_type().intern() == ScalarType.Long ? "int64" : "float32";
        return key + "\t" + (shape.isEmpty() ? "scalar" : shape) + "\t" + format;
    }

    /** The formula that fills the weights of the golden checks is itself checked. */
    @Test
    void formulaWeightsAreTheReferences() throws IOException {
        List<String> rows = Files.readAllLines(Fixtures.subset().resolve("weights_S_seed1.checks.tsv"));
        try (TransFuseNetwork network = new TransFuseNetwork(new NetworkSpec(Variant.S, 3, 1, true), 0)) {
            var state = network.stateDict();
            assertEquals(state.size(), rows.size() - 1);
            for (String row : rows.subList(1, rows.size())) {
                String[] fields = row.split("\t");
                check(fields, FormulaFill.weight(fields[0], ShapeText.of(state.get(fields[0])), 1));
            }
        }
    }

    /** key, n, sum, sum_abs, first, last. */
    private static void check(String[] fields, StoredTensor tensor) {
        double[] values = tensor.dtype().isFloat()
                ? tensor.doubles()
                : Arrays.stream(tensor.longs()).asDoubleStream().toArray();
        assertEquals(Integer.parseInt(fields[1]), values.length, fields[0]);
        assertTrue(values.length > 0);
        double[] expected =
                Arrays.stream(fields, 2, 6).mapToDouble(Double::parseDouble).toArray();
        double[] actual = {
            Arrays.stream(values).sum(),
            Arrays.stream(values).map(Math::abs).sum(),
            values[0],
            values[values.length - 1]
        };
        assertClose(fields[0], expected, actual, 1e-7, 1e-6);
    }
}
