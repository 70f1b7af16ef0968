package io.github.transfuse.weights;

import static io.github.transfuse.weights.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that are hostile or damaged are refused with a message, and nothing in them runs. */
class PthRefusalTest {
    private static final long[] TWO = {2};
    private static final long[] ONE = {1};

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "__builtin__, getattr",
        "subprocess, Popen",
        "numpy.core.multiarray, scalar",
        "torch.nn.modules.container, Sequential",
        "torch, load",
        "collections, defaultdict",
        "collections.OrderedDict, fromkeys"
    })
    void otherGlobalsAreRefusedByName(String module, String name) throws IOException {
        String qualified = module + "." + name;
        PickleBytes byName = call(PickleBytes.start().global(module, name));
        assertRefused(() -> PthFile.read(byName.zip(path(), 8, "little")), "file.pth", "'" + qualified + "'");
        PickleBytes byStack = call(PickleBytes.start().text(module).text(name).op(0x93));
        assertRefused(() -> PthFile.read(byStack.zip(path(), 8, "little")), "'" + qualified + "'");
        PickleBytes byInstance = PickleBytes.start().op('(').ascii("i" + module + "\n" + name + "\n");
        assertRefused(() -> PthFile.read(byInstance.zip(path(), 8, "little")), "'" + qualified + "'");
        PickleBytes legacy = call(PickleBytes.start().global(module, name));
        assertRefused(() -> PthFile.read(legacy.legacy(path(), 2, true)), "'" + qualified + "'");
    }

    @Test
    void anUnusedGlobalIsRefusedToo() throws IOException {
        PickleBytes table =
                PickleBytes.start().global("os", "system").op('0', '}').text("w");
        Path file = table.tensor(2, 0, TWO, ONE).op('s').zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(file), "'os.system'");
    }

    @Test
    void aBarePickleRunsNothing() throws IOException {
        Path mark = folder.resolve("executed");
        String program = "cos\nsystem\n(S'touch " + mark + "'\ntR.";
        Files.writeString(path(), program);
        assertRefused(() -> PthFile.read(path()), "'os.system'");
        assertFalse(Files.exists(mark));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "legacy"})
    void handWrittenCheckpointsLoad(String layout) throws IOException {
        TensorStore store = PthFile.read(checkpoint(layout, table(2, 0, TWO, ONE)));
        assertEquals(List.of("w"), store.names());
        assertArrayEquals(new float[2], store.get("w").floats());
    }

    /** Elements kept, offset, size and stride of a tensor whose storage really has two elements. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, 3, 1, needs 12 bytes",
        "2, 1, 2, 1, needs 12 bytes",
        "9, 0, 9, 1, needs 36 bytes",
        "1, 0, 2, 1, needs 8 bytes",
        "2, 0, 2, 2, needs 12 bytes",
        "2, -1, 1, 1, negative",
        "2, 0, -1, 1, negative",
        "2, 1, 2, -1, negative",
        "2, 4611686018427387904, 1, 1, impossible",
        "2, 0, 4611686018427387904, 4611686018427387904, impossible",
        "2, 0, 600000000, 0, repeats the 8 bytes",
        "2, 0, 300000, 0, repeats the 8 bytes"
    })
    void tensorsBeyondTheirStorageAreRefused(long stored, long offset, long size, long stride, String word)
            throws IOException {
        for (String layout : List.of("zip", "legacy")) {
            PickleBytes table = table(stored, offset, new long[] {size}, new long[] {stride});
            Path file = checkpoint(layout, table);
            assertRefused(() -> PthFile.read(file), "file.pth", word);
        }
    }

    /** Some hundred packed bytes may stand for gigabytes of dictionaries, marks or texts. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {'}', '(', 'N'})
    void tablesOfMillionsOfInstructionsAreRefused(int instruction) throws IOException {
        int[] many = new int[2_100_000];
        Arrays.fill(many, instruction);
        Path file = PickleBytes.start().op(many).zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(file), "file.pth", "more instructions");
    }

    @Tag("slow")
    @Test
    void tablesOfEndlessTextsAreRefused() throws IOException {
        PickleBytes table = PickleBytes.start();
        String text = "x".repeat((1 << 24) - 1);
        for (int i = 0; i < 6; i++) {
            table.text(text).op('0');
        }
        assertRefused(() -> PthFile.read(table.zip(path(), 8, "little")), "file.pth", "more text");
    }

    @Test
    void aSmallTensorMayRepeatItsStorage() throws IOException {
        Path file = checkpoint("zip", table(2, 0, new long[] {1000}, new long[] {0}));
        assertEquals(1000, PthFile.read(file).get("w").floats().length);
    }

    @Test
    void sizesAndStridesMustAgreeInNumber() throws IOException {
        Path file = checkpoint("zip", table(2, 0, TWO, new long[] {1, 1}));
        assertRefused(() -> PthFile.read(file), "1 sizes and 2 strides");
    }

    @Test
    void bigEndianFilesAreRefused() throws IOException {
        Path zip = table(2, 0, TWO, ONE).zip(path(), 8, "big");
        assertRefused(() -> PthFile.read(zip), "big-endian", "little-endian");
        Path legacy = table(2, 0, TWO, ONE).legacy(path(), 2, false);
        assertRefused(() -> PthFile.read(legacy), "big-endian", "little-endian");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"small_plain.pth", "small_views.pth", "small_legacy.pth", "small_views_legacy.pth"})
    void everyTruncationIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.subset().resolve(name));
        for (int length = 0; length < whole.length; length++) {
            Files.write(path(), Arrays.copyOf(whole, length));
            assertRefused(() -> PthFile.read(path()), "file.pth");
        }
    }

    /** Whatever is changed, either tensors come out or a format error: no other exception, no endless loop. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"small_views_legacy.pth", "small_full_checkpoint.pth"})
    void changedBytesNeverBreakTheReader(String name) throws IOException {
        Random random = new Random(7);
        Path original = Fixtures.subset().resolve(name);
        int refused = 0;
        for (int trial = 0; trial < 1500; trial++) {
            damage(original, random);
            try {
                TensorStore store = PthFile.read(path());
                for (String tensor : store.names()) {
                    assertEquals(tensor, store.get(tensor).name());
                }
            } catch (ModelFormatException e) {
                refused++;
            }
        }
        assertTrue(refused > 150, "only " + refused + " of 1500 changes were noticed");
    }

    @Test
    void whatHoldsNoTensorsIsRefused() throws IOException {
        Path empty = PickleBytes.start().op('}').text("epoch").number(3).op('s').zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(empty), "no tensors", "epoch");
        Path number = PickleBytes.start().number(3).zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(number), "table of tensors");
        Path itself = PickleBytes.start()
                .op('}', 'q', 0)
                .text("model")
                .op('h', 0, 's')
                .zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(itself), "no tensors");
    }

    @Test
    void namesThatMeetWithoutTheirPrefixAreRefused() throws IOException {
        PickleBytes table = PickleBytes.start().op('}');
        table.text("module.w").tensor(2, 0, TWO, ONE).op('s');
        table.text("w").tensor(2, 0, TWO, ONE).op('s');
        Path file = table.zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(file), "'w'");
    }

    @ParameterizedTest
    @CsvSource({
        "state_dict, model.w",
        "model, _orig_mod.module.w",
        "network_weights, w",
        "weights, net.w",
        "params, w",
        "net, module._orig_mod.w",
        "ema, network.w",
    })
    void weightsAreFoundUnderTheNamesOfOtherPrograms(String wrapper, String key) throws IOException {
        PickleBytes table = PickleBytes.start().op('}').text("epoch").number(3).op('s');
        table.text(wrapper).op('}').text(key).tensor(2, 0, TWO, ONE).op('s', 's');
        assertEquals(
                Set.of("w"),
                Set.copyOf(PthFile.read(table.zip(path(), 8, "little")).names()));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertRefused(() -> PthFile.read(folder.resolve("absent.pth")), "absent.pth");
        assertRefused(() -> PthFile.read(folder), folder.toString());
        Files.writeString(path(), "version https://git-lfs.github.com/spec/v1\n");
        assertRefused(() -> PthFile.read(path()), "file.pth", "no PyTorch checkpoint");
        assertRefused(() -> PthFile.read(Fixtures.subset().resolve("loss_A.safetensors")), "loss_A");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path()))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertRefused(() -> PthFile.read(path()), "data.pkl");
    }

    /** Changes three bytes: of the table alone in a zip, anywhere in a plain stream. */
    private void damage(Path original, Random random) throws IOException {
        if (original.toString().contains("legacy")) {
            Files.write(path(), changed(Files.readAllBytes(original), random));
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(original.toFile());
                ZipOutputStream into = new ZipOutputStream(bytes)) {
            for (ZipEntry entry : from.stream().toList()) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                into.putNextEntry(new ZipEntry(entry.getName()));
                into.write(entry.getName().endsWith("data.pkl") ? changed(content, random) : content);
            }
        }
        Files.write(path(), bytes.toByteArray());
    }

    private static byte[] changed(byte[] content, Random random) {
        for (int i = 0; i < 3; i++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
        }
        return content;
    }

    private static PickleBytes call(PickleBytes function) {
        return function.text("touch executed").op(0x85, 'R');
    }

    private static PickleBytes table(long stored, long offset, long[] shape, long[] strides) {
        return PickleBytes.start()
                .op('}')
                .text("w")
                .tensor(stored, offset, shape, strides)
                .op('s');
    }

    private Path checkpoint(String layout, PickleBytes table) throws IOException {
        return layout.equals("zip") ? table.zip(path(), 8, "little") : table.legacy(path(), 2, true);
    }

    private Path path() {
        return folder.resolve("file.pth");
    }

    @Test
    void pickleProtocolsUpToFiveAreKnown() throws IOException {
        for (int protocol = 2; protocol <= 5; protocol++) {
            PickleBytes known = new PickleBytes().op(0x80, protocol, '}').text("w");
            Path file = known.tensor(2, 0, TWO, ONE).op('s').zip(path(), 8, "little");
            assertEquals(List.of("w"), PthFile.read(file).names());
        }
        PickleBytes newer = new PickleBytes().op(0x80, 6, '}').text("w");
        Path file = newer.tensor(2, 0, TWO, ONE).op('s').zip(path(), 8, "little");
        assertRefused(() -> PthFile.read(file), "the pickle protocol 6");
    }
}
