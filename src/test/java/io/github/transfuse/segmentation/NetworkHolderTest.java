package io.github.transfuse.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.FakeNetworks;
import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.NetworkOptions;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One owner of the network, whoever uses it at once. */
@Timeout(60)
class NetworkHolderTest {
    private static final int FILES = 3;
    private static final int[] SHAPE = {1, 1, 16, 16};

    /** A network that takes its time, on a GPU without room for a single tile. */
    private static final class SmallGpu implements Network {
        private final FakeNetworks.Times gpu = new FakeNetworks.Times(2, 0, new Device(Device.Kind.CUDA, 0));

        @Override
        public NetworkInfo info() {
            return gpu.info();
        }

        @Override
        public Batch predict(Batch tiles) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return gpu.predict(tiles);
        }

        @Override
        public void close() {
            gpu.close();
        }
    }

    /** Files that begin together, one after the other while the first fails, and afterwards. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 120})
    void allFilesGoOnWithTheCpuWhereTheGpuIsTooSmall(int millisApart) throws Exception {
        SmallGpu small = new SmallGpu();
        List<Device> opened = new CopyOnWriteArrayList<>();
        FakeNetworks.Times cpu = new FakeNetworks.Times(2);
        NetworkHolder holder = new NetworkHolder(
                options -> {
                    opened.add(options.device());
                    return options.device().kind() == Device.Kind.CPU ? cpu : small;
                },
                NetworkOptions.AUTO);
        ExecutorService threads = Executors.newFixedThreadPool(FILES);
        List<Future<List<String>>> files = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            files.add(threads.submit(() -> notesOfATile(holder)));
            Thread.sleep(millisApart);
        }
        List<String> first = files.get(0).get();
        assertEquals(1, first.size());
        assertTrue(first.get(0).contains("CPU"), first.get(0));
        for (Future<List<String>> file : files) {
            assertTrue(file.get().size() <= 1, "told once: " + file.get());
        }
        threads.shutdown();
        assertEquals(
                List.of(Device.Kind.AUTO, Device.Kind.CPU),
                opened.stream().map(Device::kind).toList());
        assertFalse(small.gpu.isOpen());
        assertEquals(Device.CPU, holder.info().device());
    }

    private static List<String> notesOfATile(NetworkHolder holder) throws IOException {
        List<String> notes = new ArrayList<>();
        FloatBuffer logits = new LadderPredictor(holder, notes::add).predict(FloatBuffer.allocate(256), SHAPE);
        assertEquals(256, logits.remaining());
        return notes;
    }

    @Test
    void whoeverIsInWorkIsToldOfSmallerBatchesAndWhoComesLaterIsNot() throws IOException {
        FakeNetworks.Times network = new FakeNetworks.Times(2, 2, Device.CPU);
        NetworkHolder holder = new NetworkHolder(options -> network, NetworkOptions.AUTO);
        List<String> waiting = new ArrayList<>();
        LadderPredictor other = new LadderPredictor(holder, waiting::add);
        List<String> notes = new ArrayList<>();
        int[] four = {4, 1, 16, 16};
        new LadderPredictor(holder, notes::add).predict(FloatBuffer.allocate(1024), four);
        assertEquals(1, notes.size());
        other.predict(FloatBuffer.allocate(1024), four);
        assertEquals(notes, waiting);
        assertEquals(List.of(), notesOfATile(holder));
        assertEquals(2, holder.largest());
    }

    @Test
    void aClosedModelIsNotOpenedAgain() throws IOException {
        List<FakeNetworks.Times> networks = new ArrayList<>();
        NetworkHolder holder = new NetworkHolder(
                options -> {
                    networks.add(new FakeNetworks.Times(2));
                    return networks.get(networks.size() - 1);
                },
                NetworkOptions.AUTO);
        notesOfATile(holder);
        holder.close();
        holder.close();
        String message = assertThrows(IllegalStateException.class, () -> notesOfATile(holder))
                .getMessage();
        assertTrue(message.contains("closed") && message.contains("Load it again"), message);
        assertThrows(IllegalStateException.class, holder::info);
        assertEquals(1, networks.size());
        assertFalse(networks.get(0).isOpen());
    }

    @Test
    void closingWaitsForTheBatchInWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FakeNetworks.Times times = new FakeNetworks.Times(2);
        Network slow = new Network() {
            @Override
            public NetworkInfo info() {
                return times.info();
            }

            @Override
            public Batch predict(Batch tiles) {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return times.predict(tiles);
            }

            @Override
            public void close() {
                times.close();
            }
        };
        NetworkHolder holder = new NetworkHolder(options -> slow, NetworkOptions.AUTO);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<List<String>> batch = threads.submit(() -> notesOfATile(holder));
        begun.await();
        Future<?> closing = threads.submit(holder::close);
        release.countDown();
        assertEquals(List.of(), batch.get());
        closing.get();
        threads.shutdown();
        assertFalse(times.isOpen());
    }

    private static Network openOrRunOut(NetworkOptions options) {
        if (options.device().kind() == Device.Kind.CPU) {
            return new FakeNetworks.Times(2, 2, Device.CPU);
        }
        throw new EngineOutOfMemoryException("The model does not fit.");
    }

    @Test
    void aModelThatDoesNotFitIntoTheGpuGoesToTheProcessorAndSaysSo() throws IOException {
        NetworkHolder holder = new NetworkHolder(NetworkHolderTest::openOrRunOut, NetworkOptions.AUTO);
        assertEquals(Device.CPU, holder.info().device());
        assertEquals(1, holder.steps().size());
        assertTrue(holder.steps().get(0).contains("CPU"), holder.steps().get(0));
    }

    @Test
    void aDeviceThatWasNamedIsNotReplacedWhenTheModelDoesNotFit() {
        NetworkOptions named =
                new NetworkOptions(new Device(Device.Kind.CUDA, 0), NetworkOptions.AUTO.precision(), 0, false);
        NetworkHolder holder = new NetworkHolder(NetworkHolderTest::openOrRunOut, named);
        assertThrows(EngineOutOfMemoryException.class, holder::info);
    }

    @Test
    void whatOpeningThrowsComesThrough() {
        NetworkHolder holder = new NetworkHolder(
                options -> {
                    throw new IOException("weights are damaged");
                },
                NetworkOptions.AUTO);
        assertEquals(
                "weights are damaged",
                assertThrows(IOException.class, holder::info).getMessage());
    }
}
