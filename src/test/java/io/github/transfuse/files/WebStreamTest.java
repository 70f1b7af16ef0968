package io.github.transfuse.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine that cuts, stalls and refuses. */
class WebStreamTest {
    private static final byte[] FILE = new byte[300_000];

    static {
        new Random(5).nextBytes(FILE);
    }

    private final List<String> ranges = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    /** Bytes that an answer has at most before its connection is cut. */
    private int cut = FILE.length;

    private boolean knowsRanges = true;
    private boolean stalls;
    private int status;
    private String tag = "\"1\"";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        if (status != 0) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            status = status == 503 ? 0 : status;
            return;
        }
        int from = range == null || !knowsRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders().add("ETag", tag);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, FILE.length - from);
        OutputStream out = exchange.getResponseBody();
        out.write(FILE, from, Math.min(cut, FILE.length - from));
        out.flush();
        if (stalls) {
            await();
        }
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WebStream open(String path, BooleanSupplier canceled) throws IOException {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        return new WebStream(address, canceled, new WebStream.Pauses(Duration.ofMillis(600), Duration.ofMillis(1)));
    }

    private byte[] read() throws IOException {
        try (WebStream in = open("/file", () -> false)) {
            assertEquals(FILE.length, in.length());
            return in.readAllBytes();
        }
    }

    @Test
    void aWholeFileComesAtOnce() throws IOException {
        assertArrayEquals(FILE, read());
        assertEquals(List.of("null"), ranges);
    }

    @Test
    void cutConnectionsGoOnWhereTheyEnded() throws IOException {
        cut = 100_000;
        assertArrayEquals(FILE, read());
        assertEquals(List.of("null", "bytes=100000-", "bytes=200000-"), ranges);
    }

    @Test
    void serversWithoutRangesAreReadAnewAndSkipped() throws IOException {
        knowsRanges = false;
        cut = 100_000;
        List<byte[]> parts = new ArrayList<>();
        try (WebStream in = open("/file", () -> false)) {
            parts.add(in.readNBytes(90_000));
            cut = FILE.length;
            parts.add(in.readAllBytes());
        }
        assertArrayEquals(Arrays.copyOf(FILE, 90_000), parts.get(0));
        assertArrayEquals(Arrays.copyOfRange(FILE, 90_000, FILE.length), parts.get(1));
    }

    @Test
    void stalledConnectionsAreGivenUp() throws IOException {
        stalls = true;
        cut = 150_000;
        assertArrayEquals(FILE, read());
        assertEquals(List.of("null", "bytes=150000-"), ranges);
    }

    @Test
    void cancelingEndsAStall() {
        stalls = true;
        cut = 10;
        long start = System.nanoTime();
        BooleanSupplier soon = () -> System.nanoTime() - start > 200_000_000L;
        assertThrows(CancellationException.class, () -> {
            try (WebStream in = open("/file", soon)) {
                in.readAllBytes();
            }
        });
        assertEquals(1, ranges.size());
    }

    @Test
    void aBusyServerIsAskedAgainAndARefusalIsNot() throws IOException {
        status = 503;
        assertArrayEquals(FILE, read());
        assertEquals(2, ranges.size());
        for (int refusal : new int[] {403, 404}) {
            ranges.clear();
            status = refusal;
            assertThrows(IOException.class, this::read);
            assertEquals(1, ranges.size());
        }
    }

    @Test
    void aFileThatChangesIsNoMixture() throws IOException {
        cut = 100_000;
        try (WebStream in = open("/file", () -> false)) {
            in.readNBytes(50_000);
            tag = "\"2\"";
            IOException told = assertThrows(IOException.class, in::readAllBytes);
            assertTrue(told.getMessage().contains("changed on its server"), told.getMessage());
        }
    }

    @Test
    void nobodyThereIsToldAtOnceAndLaterAfterSomeTries() throws IOException {
        cut = 10;
        try (WebStream in = open("/file", () -> false)) {
            in.readNBytes(10);
            server.stop(0);
            IOException told = assertThrows(IOException.class, in::readAllBytes);
            assertTrue(told.getMessage().contains("after 5 tries"), told.getMessage());
        }
        IOException told = assertThrows(IOException.class, this::read);
        assertTrue(told.getMessage().contains("cannot be reached"), told.getMessage());
    }

    @Test
    void localFilesAreReadToo(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("ä b.bin"), FILE);
        try (WebStream in = WebStream.open(file.toUri(), () -> false)) {
            assertEquals(FILE.length, in.length());
            assertArrayEquals(FILE, in.readAllBytes());
        }
    }
}
