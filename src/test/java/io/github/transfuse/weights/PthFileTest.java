package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All small checkpoints of the reference, against the values that PyTorch gave for them. */
class PthFileTest {
    private static final Map<String, DType> TORCH_TYPES = Map.of(
            "float64", DType.F64,
            "float32", DType.F32,
            "float16", DType.F16,
            "bfloat16", DType.BF16,
            "int64", DType.I64,
            "int32", DType.I32,
            "uint8", DType.U8,
            "bool", DType.BOOL);

    @TempDir
    Path folder;

    static List<Path> checkpoints() throws IOException {
        return checkpoints(Fixtures.directory());
    }

    private static List<Path> checkpoints(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().matches("small_.*\\.pth"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyKindOfCheckpointIsInTheSubset() throws IOException {
        assertEquals(14, checkpoints(Fixtures.subset()).size());
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void tensorsAreWhatPyTorchSaved(Path file) throws IOException {
        TensorStore store = PthFile.read(file);
        Map<String, JsonElement> expected = expected(file);
        assertEquals(expected.keySet(), Set.copyOf(store.names()));
        for (String name : store.names()) {
            JsonObject tensor = expected.get(name).getAsJsonObject();
            StoredTensor actual = store.get(name);
            assertEquals(TORCH_TYPES.get(tensor.get("dtype").getAsString()), actual.dtype(), name);
            assertArrayEquals(
                    numbers(tensor, "shape").stream()
                            .mapToLong(Double::longValue)
                            .toArray(),
                    actual.shape(),
                    name);
            double[] values = numbers(tensor, "values").stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            assertArrayEquals(values, actual.doubles(), name);
        }
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void aCheckpointBecomesTheSameSafetensors(Path file) throws IOException {
        TensorStore store = PthFile.read(file);
        List<StoredTensor> tensors = new ArrayList<>();
        for (String name : store.names()) {
            tensors.add(store.get(name));
        }
        Path converted = folder.resolve("converted.safetensors");
        Safetensors.write(converted, tensors, store.metadata());
        TensorStore read = Safetensors.open(converted);
        assertEquals(store.names(), read.names());
        for (StoredTensor tensor : tensors) {
            assertEquals(tensor.data(), read.get(tensor.name()).data());
        }
    }

    @Test
    void absentTensorsAreReportedByName() throws IOException {
        TensorStore store = PthFile.read(Fixtures.subset().resolve("small_plain.pth"));
        assertFalse(store.has("nowhere"));
        Refusals.assertRefused(() -> store.get("nowhere"), "small_plain.pth", "'nowhere'");
    }

    private static Map<String, JsonElement> expected(Path file) throws IOException {
        JsonObject all = JsonParser.parseString(Files.readString(file.resolveSibling("small_pth_expected.json")))
                .getAsJsonObject();
        String name = file.getFileName().toString();
        String group = name.contains("views")
                ? "views"
                : name.contains("module_state") || name.contains("full") ? "module_state" : "small";
        Map<String, JsonElement> tensors = all.getAsJsonObject(group).asMap();
        return name.contains("parameter") ? Map.of("w", tensors.get("a.weight")) : tensors;
    }

    private static List<Double> numbers(JsonObject tensor, String field) {
        return tensor.getAsJsonArray(field).asList().stream()
                .map(JsonElement::getAsDouble)
                .toList();
    }
}
