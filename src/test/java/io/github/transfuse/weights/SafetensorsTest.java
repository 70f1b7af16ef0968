package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    static List<Path> referenceFiles() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.directory())) {
            return files.filter(f -> f.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("referenceFiles")
    void rewritingAReferenceFileKeepsEveryBit(Path file) throws IOException {
        TensorStore store = Safetensors.open(file);
        Path copy = folder.resolve("copy.safetensors");
        Safetensors.write(copy, all(store), store.metadata());
        TensorStore read = Safetensors.open(copy);
        assertEquals(store.names(), read.names());
        assertEquals(store.metadata(), read.metadata());
        for (String name : store.names()) {
            assertEquals(store.get(name).toString(), read.get(name).toString());
            assertEquals(store.get(name).data(), read.get(name).data());
        }
        if (file.toString().endsWith(".logits.safetensors")) {
            // One type only, so the layout is the same too.
            assertEquals(-1, Files.mismatch(file, copy));
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyTypeRoundTripsBitExact(DType dtype) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(dtype.bytes(24))];
        new Random(42).nextBytes(bytes);
        StoredTensor tensor = new StoredTensor("x", dtype, new long[] {2, 3, 4}, ByteBuffer.wrap(bytes));
        StoredTensor read = roundTrip(List.of(tensor)).get("x");
        assertEquals(dtype, read.dtype());
        assertArrayEquals(new long[] {2, 3, 4}, read.shape());
        assertEquals(ByteBuffer.wrap(bytes), read.data());
    }

    @ParameterizedTest
    @MethodSource("referenceFiles")
    void aFileInMemoryIsTheSameAsOnTheDisk(Path file) throws IOException {
        TensorStore store = Safetensors.open(file);
        TensorStore held;
        try (InputStream in = Files.newInputStream(file)) {
            held = Safetensors.read(in, "held");
        }
        assertEquals(store.names(), held.names());
        assertEquals(store.metadata(), held.metadata());
        for (String name : store.names()) {
            assertTrue(held.has(name));
            assertEquals(store.get(name).toString(), held.get(name).toString());
            assertEquals(store.get(name).data(), held.get(name).data());
        }
        ModelFormatException error = assertThrows(ModelFormatException.class, () -> held.get("y"));
        assertTrue(error.getMessage().contains("'y'"), error.getMessage());
    }

    @Test
    void aCutFileInMemoryIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(referenceFiles().get(0));
        for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
            ByteArrayInputStream cut = new ByteArrayInputStream(whole, 0, length);
            ModelFormatException error =
                    assertThrows(ModelFormatException.class, () -> Safetensors.read(cut, "held"), "" + length);
            assertTrue(error.getMessage().contains("held"), error.getMessage());
        }
    }

    @Test
    void mixedTypesStayAlignedAndKeepTheirOrder() throws IOException {
        List<StoredTensor> tensors = List.of(
                new StoredTensor("bytes", DType.U8, new long[] {3}, ByteBuffer.wrap(new byte[] {1, 2, 3})),
                StoredTensor.ofLongs("n", new long[0], 7),
                StoredTensor.ofFloats("none", new long[] {0, 5}),
                StoredTensor.ofFloats("f", new long[] {2}, 1.5f, -2f));
        TensorStore store = roundTrip(tensors);
        assertEquals(List.of("bytes", "n", "none", "f"), store.names());
        assertArrayEquals(new long[] {7}, store.get("n").longs());
        assertArrayEquals(new float[] {1.5f, -2f}, store.get("f").floats());
        assertArrayEquals(new long[] {1, 2, 3}, store.get("bytes").longs());
        assertEquals(0, store.get("none").count());
    }

    @Test
    void metadataAndUnusualNamesSurvive() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("b", "quote \" and \\ and \n");
        metadata.put("a", "höhe \u2028 <&>");
        Path file = folder.resolve("m.safetensors");
        Safetensors.write(file, List.of(StoredTensor.ofFloats("é\"/\t", new long[] {1}, 3f)), metadata);
        TensorStore store = Safetensors.open(file);
        assertEquals(
                new ArrayList<>(metadata.entrySet()),
                new ArrayList<>(store.metadata().entrySet()));
        assertEquals(3f, store.get("é\"/\t").floats()[0]);
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        TensorStore store = roundTrip(List.of(StoredTensor.ofFloats("x", new long[] {1}, 1f)));
        assertFalse(store.has("y"));
        ModelFormatException error = assertThrows(ModelFormatException.class, () -> store.get("y"));
        assertTrue(error.getMessage().contains("'y'"), error.getMessage());
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("keep.safetensors");
        Files.writeString(file, "old");
        StoredTensor x = StoredTensor.ofFloats("x", new long[] {1}, 1f);
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, List.of(x, x), Map.of()));
        StoredTensor reserved = StoredTensor.ofFloats("__metadata__", new long[] {1}, 1f);
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, List.of(reserved), Map.of()));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), children(folder));
    }

    @Test
    void aFileMayBeReplacedWhileItsTensorsAreInUse() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(file, List.of(StoredTensor.ofFloats("x", new long[] {2}, 1f, 2f)), Map.of());
        StoredTensor x = Safetensors.open(file).get("x");
        Safetensors.write(file, List.of(x, StoredTensor.ofFloats("y", new long[] {1}, 3f)), Map.of());
        assertArrayEquals(new float[] {1f, 2f}, x.floats());
        assertArrayEquals(new float[] {1f, 2f}, Safetensors.open(file).get("x").floats());
        assertEquals(List.of(file), children(folder));
    }

    private TensorStore roundTrip(List<StoredTensor> tensors) throws IOException {
        Path file = folder.resolve("round.safetensors");
        Safetensors.write(file, tensors, Map.of());
        assertEquals(0, (8 + Files.readAllBytes(file)[0]) % 8);
        return Safetensors.open(file);
    }

    private static List<StoredTensor> all(TensorStore store) throws IOException {
        List<StoredTensor> tensors = new ArrayList<>();
        for (String name : store.names()) {
            tensors.add(store.get(name));
        }
        return tensors;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
