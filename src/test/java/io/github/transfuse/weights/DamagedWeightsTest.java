package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte of a weights file is damaged in turn: the file loads, or is refused as such, and nothing else happens. */
class DamagedWeightsTest {
    /** Patterns that make lengths huge, signs negative and text illegal. */
    private static final int[] MASKS = {0x01, 0x80};

    private static final Duration MAX_LENGTH = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    /** Opens a file. */
    @FunctionalInterface
    private interface Reader {
        TensorStore read(Path file) throws IOException;
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"small_plain.pth", "small_views.pth", "small_cuda_legacy.pth"})
    void everyByteOfACheckpoint(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.subset().resolve(name));
        int refused = damageEveryByte(whole, PthFile::read);
        assertTrue(refused > whole.length / 2, refused + " of " + MASKS.length * whole.length + " refused");
    }

    @Tag("slow")
    @Test
    void everyByteOfASafetensorsHeader() throws IOException {
        Path file = folder.resolve("whole.safetensors");
        List<StoredTensor> tensors = List.of(
                StoredTensor.ofFloats("a.weight", new long[] {2, 2}, 1f, 2f, 3f, 4f),
                StoredTensor.ofFloats("b.bias", new long[] {3}, 5f, 6f, 7f));
        Safetensors.write(file, tensors, Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        int refused = damageEveryByte(whole, Safetensors::open);
        assertTrue(refused > whole.length / 2, refused + " of " + MASKS.length * whole.length + " refused");
    }

    private int damageEveryByte(byte[] whole, Reader reader) throws IOException {
        return assertTimeoutPreemptively(MAX_LENGTH, () -> {
            int refused = 0;
            Path file = folder.resolve("damaged");
            for (int at = 0; at < whole.length; at++) {
                for (int mask : MASKS) {
                    byte[] bytes = whole.clone();
                    bytes[at] ^= (byte) mask;
                    Files.write(file, bytes);
                    refused += loads(reader, file) ? 0 : 1;
                }
            }
            return refused;
        });
    }

    /** Anything but a format error goes on to the test. */
    private static boolean loads(Reader reader, Path file) throws IOException {
        try {
            TensorStore store = reader.read(file);
            List<String> names = new ArrayList<>();
            for (String name : store.names()) {
                StoredTensor tensor = store.get(name);
                assertEquals(tensor.count(), tensor.doubles().length);
                names.add(tensor.name());
            }
            assertEquals(store.names(), names);
            return true;
        } catch (ModelFormatException e) {
            return false;
        }
    }
}
