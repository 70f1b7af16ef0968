package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.DeviceUnavailableException;
import io.github.transfuse.engine.Engine;
import io.github.transfuse.engine.EngineLoader;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.torch.infer.FormatSpeed;
import io.github.transfuse.torch.nn.FormulaFill;
import io.github.transfuse.weights.ModelFormatException;
import io.github.transfuse.weights.StoredTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEngineTest {

    private static final NetworkOptions PLAIN = new NetworkOptions(Device.CPU, Precision.FLOAT32, 2, true);
    private static final Engine ENGINE = EngineLoader.engine();

    @TempDir
    private static Path folder;

    private static List<StoredTensor> tensors;
    private static ModelFolder model;

    @BeforeAll
    static void writeModel() throws IOException {
        tensors = TorchModels.tensors(TorchModels.tiny());
        model = TorchModels.write(folder.resolve("good"), tensors);
    }

    @Test
    void theLoaderFindsThisEngine() {
        assertTrue(ENGINE instanceof TorchEngine);
        assertEquals("2.10.0", ENGINE.info().libtorch());
    }

    @Test
    void everyUnusableDeviceSaysWhy() {
        assertTrue(ENGINE.devices().stream()
                .anyMatch(info -> info.device().equals(Device.CPU)
                        && info.available()
                        && !info.name().isBlank()));
        for (DeviceInfo info : ENGINE.devices()) {
            assertTrue(info.available() || !info.reason().isBlank(), info.toString());
        }
    }

    @Test
    void aDeviceAskedForByNameIsNeverReplaced() {
        NetworkOptions options = new NetworkOptions(Device.of("cuda:7"), Precision.AUTO, 0, false);
        DeviceUnavailableException refusal =
                assertThrows(DeviceUnavailableException.class, () -> ENGINE.open(model, options));
        assertTrue(refusal.getMessage().contains("cuda:7"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("cpu"), refusal.getMessage());
    }

    /** With the ranges of a calibration, and by itself with the record of a check. */
    @Test
    void int8NeedsWhatTheModelRecords() throws IOException {
        assumeTrue(FormatSpeed.int8().ratio() > 0, FormatSpeed.int8().finding());
        NetworkOptions asked = new NetworkOptions(Device.CPU, Precision.INT8, 1, false);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ENGINE.open(model, asked));
        assertTrue(refused.getMessage().contains("needs a calibration"), refused.getMessage());
        JsonObject checks = new JsonObject();
        Batch image = Batch.allocate(1, 3, 32, 32);
        try (WatchedNetwork watched = ENGINE.watch(model, 1)) {
            assertEquals(Precision.FLOAT32, watched.info().precision());
            watched.predict(image);
            watched.ranges().writeTo(checks);
        }
        ModelFolder calibrated = withChecks("calibrated", checks);
        try (Network network = ENGINE.open(calibrated, asked);
                Network usual = ENGINE.open(calibrated, NetworkOptions.AUTO)) {
            assertEquals(Precision.INT8, network.info().precision());
            assertEquals(Precision.FLOAT32, usual.info().precision(), "no record of a score");
            FloatBuffer rounded = network.predict(image).values();
            FloatBuffer exact = usual.predict(image).values();
            double off = 0;
            double largest = 0;
            for (int i = 0; i < exact.limit(); i++) {
                off = Math.max(off, Math.abs(exact.get(i) - rounded.get(i)));
                largest = Math.max(largest, Math.abs(exact.get(i)));
            }
            assertTrue(off > 0 && off < 0.1 * largest, off + " of " + largest);
        }
        JsonObject shorter = checks.deepCopy();
        shorter.getAsJsonArray("int8_ranges").remove(0);
        shorter.getAsJsonArray("int8_ranges").remove(0);
        ModelFolder other = withChecks("other", shorter);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ENGINE.open(other, asked))
                .getMessage()
                .contains("another network"));
    }

    private static ModelFolder withChecks(String name, JsonObject checks) throws IOException {
        ModelFolder copy = TorchModels.write(folder.resolve(name), tensors);
        return copy.recorded(checks);
    }

    @Test
    void autoStatesWhatItChose() throws IOException {
        try (Network network = ENGINE.open(model, NetworkOptions.AUTO)) {
            assertEquals(Precision.FLOAT32, network.info().precision());
            assertEquals(2, network.info().notes().size());
            assertTrue(network.info().notes().get(1).startsWith("Precision float32, because"));
        }
    }

    @Test
    void aBatchIsTheSameAsItsImagesOneByOne() throws IOException {
        try (Network network = ENGINE.open(model, NetworkOptions.AUTO)) {
            float[] two = values(network.predict(image(2, 48, 32)));
            float[] one = values(network.predict(image(1, 48, 32)));
            assertEquals(2 * 48 * 32, two.length);
            for (int i = 0; i < one.length; i++) {
                assertEquals(one[i], two[i], 1e-4);
            }
        }
    }

    @Test
    void heapBuffersAreReadToo() throws IOException {
        Batch direct = image(1, 32, 32);
        Batch onHeap = new Batch(FloatBuffer.wrap(values(direct)), direct.shape());
        try (Network network = ENGINE.open(model, PLAIN)) {
            assertArrayEquals(values(network.predict(direct)), values(network.predict(onHeap)));
        }
    }

    @Test
    void manyThreadsGetTheSameBits() throws IOException {
        Batch image = image(1, 64, 64);
        try (Network network = ENGINE.open(model, NetworkOptions.AUTO)) {
            float[] expected = values(network.predict(image));
            List<CompletableFuture<float[]>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                running.add(CompletableFuture.supplyAsync(() -> values(network.predict(image))));
            }
            running.forEach(result -> assertArrayEquals(expected, result.join()));
        }
    }

    @Test
    void wrongTilesAreRefusedByName() throws IOException {
        try (Network network = ENGINE.open(model, NetworkOptions.AUTO)) {
            assertRefused(network, Batch.allocate(1, 4, 32, 32), "4");
            assertRefused(network, Batch.allocate(1, 3, 32, 40), "40");
            assertRefused(network, Batch.allocate(3, 32, 32), "[3, 32, 32]");
            assertRefused(network, new Batch(FloatBuffer.allocate(10), new int[] {1, 3, 32, 32}), "10");
        }
    }

    private static void assertRefused(Network network, Batch tiles, String culprit) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> network.predict(tiles));
        assertTrue(refusal.getMessage().contains(culprit), refusal.getMessage());
    }

    @Test
    void aClosedNetworkSaysSo() throws IOException {
        Network network = ENGINE.open(model, PLAIN);
        network.close();
        network.close();
        assertThrows(IllegalStateException.class, () -> network.predict(image(1, 32, 32)));
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        List<StoredTensor> fewer = new ArrayList<>(tensors);
        fewer.removeIf(tensor -> tensor.name().equals("up1.conv.double_conv.0.weight"));
        assertUnfit(fewer, "'up1.conv.double_conv.0.weight' is missing");
    }

    @Test
    void countersAndTheClassTokenMayBeMissing() throws IOException {
        List<StoredTensor> fewer = new ArrayList<>(tensors);
        fewer.removeIf(tensor ->
                tensor.name().endsWith("num_batches_tracked") || tensor.name().endsWith("cls_token"));
        assertTrue(fewer.size() < tensors.size() - 50);
        ModelFolder published = TorchModels.write(folder.resolve("published"), fewer);
        Batch image = image(1, 32, 32);
        try (Network whole = ENGINE.open(model, PLAIN);
                Network imported = ENGINE.open(published, PLAIN)) {
            assertArrayEquals(values(whole.predict(image)), values(imported.predict(image)));
        }
    }

    @Test
    void aWrongShapeIsNamed() throws IOException {
        List<StoredTensor> reshaped = new ArrayList<>(tensors);
        String name = reshaped.get(0).name();
        reshaped.set(0, StoredTensor.ofFloats(name, new long[] {1, 2}, 1f, 2f));
        assertUnfit(reshaped, "'" + name + "' has shape [1, 2] instead of [64, 3, 7, 7]");
    }

    private static void assertUnfit(List<StoredTensor> changed, String complaint) throws IOException {
        ModelFolder bad = TorchModels.write(folder.resolve("bad"), changed);
        var refusal = assertThrows(ModelFormatException.class, () -> ENGINE.open(bad, NetworkOptions.AUTO));
        assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(bad.weights().toString()), refusal.getMessage());
    }

    @Test
    void fiveHundredTilesLeaveNativeMemoryFlat() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "resident memory is read from Linux's /proc");
        Batch tile = image(1, 64, 64);
        try (Network network = ENGINE.open(model, NetworkOptions.AUTO)) {
            for (int i = 0; i < 50; i++) {
                network.predict(tile);
            }
            long before = residentKilobytes();
            for (int i = 0; i < 500; i++) {
                network.predict(tile);
            }
            long growth = residentKilobytes() - before;
            // One tile's activations are about 10 MB: a leak would show as gigabytes.
            assertTrue(growth < 100_000, "resident memory grew by " + growth + " kB");
        }
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void everythingFiniteComesOut() throws IOException {
        try (Network network = ENGINE.open(model, NetworkOptions.AUTO)) {
            for (float value : values(network.predict(image(1, 32, 48)))) {
                assertFalse(Float.isNaN(value) || Float.isInfinite(value));
            }
        }
    }

    private static Batch image(int count, int height, int width) {
        Batch batch = Batch.allocate(count, 3, height, width);
        batch.values().duplicate().put(FormulaFill.image(count, height, width, 1));
        return batch;
    }

    private static float[] values(Batch batch) {
        float[] values = new float[Math.toIntExact(batch.count())];
        batch.values().duplicate().rewind().get(values);
        return values;
    }
}
