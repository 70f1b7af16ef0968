package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of numbers and what a store says of its tensors. */
class TensorTypesTest {
    @TempDir
    private Path folder;

    @Test
    void floatsAreFloatsAndIntegersIntegers() {
        Set<DType> floats = EnumSet.of(DType.F64, DType.F32, DType.F16, DType.BF16, DType.F8_E4M3, DType.F8_E5M2);
        for (DType type : DType.values()) {
            assertEquals(floats.contains(type), type.isFloat(), type.name());
            assertEquals(type.name().matches("[IU]\\d+|BOOL"), type.isInteger(), type.name());
        }
    }

    @Test
    void doublesKeepAllTheirDigits() {
        double[] values = {Math.PI, -1e300, 3};
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 2; i >= 0; i--) {
            Elements.putDouble(data, DType.F64, i, values[i]);
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(values[i], data.getDouble(8 * i));
            assertEquals(values[i], Elements.getDouble(data, DType.F64, i));
        }
    }

    @Test
    void aStoreHasWhatItHas() throws IOException {
        Path file = folder.resolve("a.safetensors");
        StoredTensor tensor = StoredTensor.ofFloats("a", new long[] {2, 3}, 1f, -2f, 3f, 4f, 5f, 6.5f);
        Safetensors.write(file, List.of(tensor), Map.of());
        TensorStore store = Safetensors.open(file);
        assertTrue(store.has("a"));
        assertFalse(store.has("b"));
    }

    /** The largest numbers come first, so that each lies at a multiple of its own size, whatever the order of writing. */
    @Test
    void numbersLieAtMultiplesOfTheirSize() throws IOException {
        Path file = folder.resolve("mixed.safetensors");
        StoredTensor large = StoredTensor.ofFloats("large", new long[] {3}, 1f, 2f, 3f);
        List<StoredTensor> tensors = List.of(
                new StoredTensor("byte", DType.U8, new long[] {1}, ByteBuffer.wrap(new byte[] {7})),
                StoredTensor.ofFloats("half", new long[] {1}, 0.5f).to(DType.F16),
                large);
        Safetensors.write(file, tensors, Map.of());
        String header = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertTrue(header.contains("[0,12]") && header.contains("[12,14]") && header.contains("[14,15]"), header);
        TensorStore store = Safetensors.open(file);
        assertEquals(
                List.of("byte", "half", "large"),
                store.names().stream().sorted().toList());
        assertEquals(3f, store.get("large").floats()[2]);
        assertEquals(7, store.get("byte").longs()[0]);
    }
}
