package io.github.transfuse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.EveryFault;
import io.github.transfuse.files.FaultyDisk;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.TransFuseSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.weights.DType;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.Safetensors;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelImportTest {
    @TempDir
    Path folder;

    private final ModelImport tiny = new ModelImport(Variant.T, false);

    private Path weights(NetworkSpec network, Map<String, List<Long>> changes) throws IOException {
        Map<String, List<Long>> shapes = new TreeMap<>();
        TransFuseSpec.of(network).needed().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        changes.forEach((name, shape) -> {
            if (shape.isEmpty()) {
                shapes.remove(name);
            } else {
                shapes.put(name, shape);
            }
        });
        List<StoredTensor> tensors = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            long[] lengths = shape.stream().mapToLong(Long::longValue).toArray();
            int count = shape.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
            ByteBuffer data = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
            tensors.add(new StoredTensor(name, DType.F16, lengths, data));
        });
        Path file = folder.resolve("published.safetensors");
        Safetensors.write(file, tensors, Map.of());
        return file;
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepNoModelIsLeft() throws Exception {
        Path file = weights(new NetworkSpec(Variant.T.withGrid(8, 8), 3, 1, true), Map.of());
        Path models = Files.createDirectory(folder.resolve("models"));
        EveryFault.of(models, to -> tiny.run(file, to.resolve("mine")), FaultyDisk.Fault.FULL);
    }

    @Test
    void readsNumbersFromTheTensors() throws IOException {
        Path file = weights(
                new NetworkSpec(Variant.T.withGrid(8, 8), 4, 3, true), Map.of("transformer.head.weight", List.of(3L)));
        ModelImport.Imported imported = tiny.run(file, folder.resolve("my model"));
        ModelFolder model = ModelFolder.open(folder.resolve("my model"));
        assertEquals(imported.model().sha256(), model.sha256());
        NetworkSpec network = model.spec().network();
        assertEquals(4, network.channels());
        assertEquals(3, network.classes());
        assertFalse(network.alignCorners());
        assertEquals(List.of(128, 128), model.spec().input().size());
        assertEquals(2, model.spec().output().classes().size());
        assertEquals(List.of("transformer.head.weight"), imported.ignored());
        assertFalse(model.tensors().has("transformer.head.weight"));
    }

    @Test
    void refusesAMissingTensorAndAWrongShape() throws IOException {
        NetworkSpec network = new NetworkSpec(Variant.T, 3, 1, true);
        assertRefused(
                weights(network, Map.of("up1.conv.double_conv.1.running_var", List.of())), "running_var", "missing");
        assertRefused(weights(network, Map.of("up_c.fc1.bias", List.of(7L))), "up_c.fc1.bias", "[7]");
        assertRefused(weights(network, Map.of("transformer.pos_embed", List.of(1L, 150L, 192L))), "pos_embed", "150");
        assertRefused(weights(network, Map.of("final_2.1.conv.bias", List.of())), "final_2.1.conv.bias", "branches");
    }

    private void assertRefused(Path file, String... parts) {
        Path output = folder.resolve("refused");
        String message = assertThrows(ModelFormatException.class, () -> tiny.run(file, output))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertFalse(Files.exists(output));
    }

    @Test
    void doesNotReplaceAModel() throws IOException {
        Path file = weights(new NetworkSpec(Variant.T, 3, 1, true), Map.of());
        tiny.run(file, folder.resolve("model"));
        assertTrue(assertThrows(IOException.class, () -> tiny.run(file, folder.resolve("model")))
                .getMessage()
                .contains("already"));
    }
}
