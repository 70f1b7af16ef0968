package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.transfuse.files.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleImageTest {

    private static final byte[] CONTENT = "pixels".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = !exchange.getRequestURI().getPath().contains("missing");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? CONTENT.length : -1);
            if (known) {
                exchange.getResponseBody().write(CONTENT);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    @Test
    void whatIsFetchedIsChecked() throws IOException {
        String sha256 = Sha256.of("pixels");
        assertArrayEquals(CONTENT, SampleImage.fetch(address("a.png"), "a.png", sha256));
        String other = assertThrows(
                        IOException.class, () -> SampleImage.fetch(address("a.png"), "a.png", Sha256.of("others")))
                .getMessage();
        assertTrue(other.contains("is not the sample a.png. It was not used."), other);
    }

    @Test
    void whatCannotBeFetchedIsSaid() {
        String missing = assertThrows(
                        IOException.class, () -> SampleImage.fetch(address("missing.png"), "a.png", Sha256.of("")))
                .getMessage();
        assertTrue(missing.contains("missing.png") && missing.contains("need a network the first time"), missing);
    }

    @Test
    void aForeignFileIsNeitherKeptNorLeft() throws IOException {
        assertThrows(IOException.class, () -> SampleImage.NUCLEI.copyTo(folder, address("")));
        assertEquals(List.of(), files());
    }

    /** What lies there under the name of a sample, but is another file, is no sample. */
    @Test
    void aDamagedCopyIsNotTaken() throws IOException {
        Path file = folder.resolve("nuclei.png");
        Files.writeString(file, "half of it");
        assertThrows(IOException.class, () -> SampleImage.NUCLEI.copyTo(folder, address("")));
        assertEquals("half of it", Files.readString(file));
    }

    @Test
    void theMoleNeedsNoNetwork() throws IOException {
        Path mole = SampleImage.MOLE.copyTo(folder, URI.create("http://127.0.0.1:1/"));
        assertEquals(folder.resolve("mole.jpg"), mole);
        assertTrue(Files.size(mole) > 1000);
    }

    @ParameterizedTest
    @EnumSource
    void everySampleNamesItsLicence(SampleImage sample) {
        assertTrue(sample.credit().matches(".*\\. CC(0| BY 4\\.0| BY-SA 4\\.0)\\."), sample.credit());
        assertFalse(sample.credit().startsWith(" "));
    }

    private List<String> files() throws IOException {
        try (var found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).toList();
        }
    }
}
