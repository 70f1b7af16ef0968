package io.github.transfuse.weights;

import static io.github.transfuse.weights.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged safetensors files are refused with a message that names the file and the fault. */
class SafetensorsRefusalTest {
    private static final String GIGABYTE_TENSORS =
            "{'a':{'dtype':'U8','shape':[1500000000],'data_offsets':[0,1500000000]},"
                    + "'b':{'dtype':'U8','shape':[1500000000],'data_offsets':[1500000000,3000000000]},"
                    + "'c':{'dtype':'F32','shape':[1],'data_offsets':[3000000000,3000000004]}}";

    @TempDir
    Path folder;

    /** Single quotes stand for double ones; the data are 8 bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "overlaps  | {'a':{'dtype':'U8','shape':[6],'data_offsets':[0,6]},'b':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}}",
                "hole      | {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}}",
                "hole      | {'a':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}}",
                "after its last tensor | {'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}",
                "after its last tensor | {}",
                "truncated | {'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}",
                "needs 12 bytes | {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
                "data_offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
                "data_offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}",
                "data_offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}",
                "whole numbers | {'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
                "whole numbers | {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
                "whole numbers | {'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}",
                "impossible size | {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}",
                "impossible size | {'a':{'dtype':'F4','shape':[3],'data_offsets':[0,8]}}",
                "'X16' | {'a':{'dtype':'X16','shape':[4],'data_offsets':[0,8]}}",
                "'a' twice | {'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                "'dtype' twice | {'a':{'dtype':'U8','dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                "__metadata__ twice | {'__metadata__':{},'__metadata__':{},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                "'k' twice | {'__metadata__':{'k':'1','k':'1'},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                "not text | {'__metadata__':{'k':1},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                "unknown field 'extra' | {'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8],'extra':1}}",
                "lacks | {'a':{'dtype':'U8','shape':[8]}}",
                "not valid JSON | {'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}",
                "not valid JSON | {'a':7}",
                "not valid JSON | {'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}} x",
                "start with | [1]",
            })
    void aBadHeaderIsRefused(String word, String header) throws IOException {
        Path file = write("bad.safetensors", header, 8);
        assertRefused(() -> Safetensors.open(file), "bad.safetensors", word);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 100_000_001, Long.MAX_VALUE})
    void aGiantHeaderIsRefusedWithoutReadingIt(long length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = Files.write(folder.resolve("giant.safetensors"), bytes.array());
        assertRefused(() -> Safetensors.open(file), "giant.safetensors", Long.toUnsignedString(length));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        Safetensors.write(whole, List.of(StoredTensor.ofFloats("x", new long[] {3}, 1f, 2f, 3f)), Map.of("k", "v"));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, length));
            assertRefused(() -> Safetensors.open(cut), "cut.safetensors");
        }
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] bytes = {2, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xFF};
        Path file = Files.write(folder.resolve("latin.safetensors"), bytes);
        assertRefused(() -> Safetensors.open(file), "UTF-8");
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertRefused(() -> Safetensors.open(folder.resolve("absent.safetensors")), "absent.safetensors");
        assertRefused(() -> Safetensors.open(folder), folder.toString());
    }

    @Test
    void aCheckpointIsNotTakenForSafetensors() {
        Path checkpoint = Fixtures.subset().resolve("small_plain.pth");
        assertRefused(() -> Safetensors.open(checkpoint), "small_plain.pth", "import");
    }

    @Test
    void aFileThatShrankSinceItWasOpenedIsRefused() throws IOException {
        Path file = folder.resolve("shrinks.safetensors");
        Safetensors.write(file, List.of(StoredTensor.ofFloats("x", new long[] {3}, 1f, 2f, 3f)), Map.of());
        TensorStore store = Safetensors.open(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(() -> store.get("x"), "shrinks.safetensors", "shorter");
    }

    @Test
    void tensorsBeyondTwoGigabytesAreReached() throws IOException {
        Path file = folder.resolve("large.safetensors");
        byte[] header = GIGABYTE_TENSORS.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(start.putLong(header.length).put(header).flip());
            ByteBuffer last =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 2.5f);
            channel.write(last, 8 + header.length + 3_000_000_000L);
        }
        TensorStore store = Safetensors.open(file);
        assertArrayEquals(new float[] {2.5f}, store.get("c").floats());
        assertEquals(0, store.get("b").data().get(1_499_999_999));
    }

    @Test
    void aSingleTensorBeyondTwoGigabytesIsRefusedByName() throws IOException {
        Path file = folder.resolve("huge.safetensors");
        String header = "{'h':{'dtype':'U8','shape':[2147483648],'data_offsets':[0,2147483648]}}".replace('\'', '"');
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(start.putLong(0, header.length()));
            channel.write(StandardCharsets.US_ASCII.encode(header));
            channel.write(ByteBuffer.allocate(1), 8 + header.length() + 2_147_483_647L);
        }
        assertRefused(() -> Safetensors.open(file).get("h"), "huge.safetensors", "'h'", "2 GB");
    }

    private Path write(String name, String header, int dataBytes) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve(name), bytes.array());
    }
}
