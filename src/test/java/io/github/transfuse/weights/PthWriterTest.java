package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back by the reader of published weights; {@code torch.load} took such files, too. */
class PthWriterTest {
    @TempDir
    Path folder;

    private static List<StoredTensor> tensors() {
        float[] many = new float[70_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = i * 0.25f;
        }
        StoredTensor matrix = StoredTensor.ofFloats("conv.weight", new long[] {2, 3, 1}, 1, -2, 0.5f, 3e-8f, 7, 65_000);
        return List.of(
                matrix,
                matrix.to(DType.F16),
                matrix.to(DType.BF16),
                StoredTensor.ofDoubles("double", new long[] {2}, Math.PI, -0.0),
                StoredTensor.ofLongs("bn.num_batches_tracked", new long[0], 1L << 40),
                StoredTensor.ofFloats("größe", new long[] {700, 100}, many),
                new StoredTensor("bytes", DType.U8, new long[] {3}, ByteBuffer.wrap(new byte[] {1, 2, 3})),
                StoredTensor.ofFloats("empty", new long[] {0, 4}));
    }

    @Test
    void tensorsOfAllTypesComeBack() throws IOException {
        for (StoredTensor tensor : tensors()) {
            Path file = folder.resolve("weights.pth");
            PthWriter.write(file, List.of(tensor));
            TensorStore store = PthFile.read(file);
            assertEquals(List.of(tensor.name()), store.names());
            assertSame(tensor, store.get(tensor.name()));
        }
    }

    @Test
    void theirOrderIsKept() throws IOException {
        List<StoredTensor> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(StoredTensor.ofLongs("t" + (i * 7 % 300), new long[] {1}, i));
        }
        Path file = folder.resolve("weights.pth");
        PthWriter.write(file, many);
        TensorStore store = PthFile.read(file);
        assertEquals(many.stream().map(StoredTensor::name).toList(), store.names());
        for (StoredTensor tensor : many) {
            assertSame(tensor, store.get(tensor.name()));
        }
    }

    /** The pickle has nothing that {@code weights_only} refuses, and all files lie as they are. */
    @Test
    void theFileHoldsNoProgram() throws IOException {
        Path file = folder.resolve("weights.pth");
        PthWriter.write(file, tensors());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                assertEquals(ZipEntry.STORED, all.nextElement().getMethod());
            }
            byte[] pickle = zip.getInputStream(zip.getEntry("archive/data.pkl")).readAllBytes();
            String text = new String(pickle, StandardCharsets.ISO_8859_1);
            Matcher globals =
                    Pattern.compile("c((?:torch|collections)[.\\w]*)\n(\\w+)\n").matcher(text);
            Set<String> named = new TreeSet<>();
            while (globals.find()) {
                named.add(globals.group(1) + "." + globals.group(2));
            }
            named.removeIf(name -> name.matches("torch\\.\\w+Storage"));
            assertEquals(Set.of("collections.OrderedDict", "torch._utils._rebuild_tensor_v2"), named);
            assertEquals(
                    "3\n",
                    new String(
                            zip.getInputStream(zip.getEntry("archive/version")).readAllBytes(),
                            StandardCharsets.US_ASCII));
        }
    }

    @Test
    void typesWithoutStorageAreRefused() {
        Path file = folder.resolve("weights.pth");
        StoredTensor odd = new StoredTensor("x", DType.F8_E5M2, new long[] {1}, ByteBuffer.allocate(1));
        assertThrows(IllegalArgumentException.class, () -> PthWriter.write(file, List.of(odd)));
        assertFalse(Files.exists(file));
    }

    private static void assertSame(StoredTensor expected, StoredTensor actual) {
        assertEquals(expected.dtype(), actual.dtype());
        assertArrayEquals(expected.shape(), actual.shape());
        assertEquals(expected.data(), actual.data(), expected.name());
    }
}
