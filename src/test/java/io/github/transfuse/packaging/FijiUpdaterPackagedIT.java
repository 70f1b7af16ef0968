package io.github.transfuse.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A genuine updater of Fiji installs, updates and removes from a web server on this machine: that of the Fiji whose start
 * script {@code -Dfiji.command=} names, with its libraries in {@code jars} beside it.
 */
class FijiUpdaterPackagedIT {

    @TempDir
    Path folder;

    private HttpServer server;
    private Path served;
    private Path fiji;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(System.getProperty("fiji.command") != null, "-Dfiji.command= names no Fiji");
        served = folder.resolve("served");
        fiji = Files.createDirectories(folder.resolve("fiji"));
        Files.createDirectories(fiji.resolve("plugins"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        know("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void know(String address) throws IOException {
        String sites = "<pluginRecords><update-site name=\"TransFuse\" url=\"" + address + "\" timestamp=\"0\"/>"
                + "<disabled-update-site name=\"ImageJ\" url=\"https://update.imagej.net/\" timestamp=\"0\"/>"
                + "</pluginRecords>";
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(fiji.resolve("db.xml.gz")))) {
            out.write(sites.getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Path file = served.resolve(exchange.getRequestURI().getPath().substring(1));
        if (!Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders()
                    .set(
                            "Last-Modified",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    Files.getLastModifiedTime(file).toInstant().atZone(ZoneOffset.UTC)));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : Files.size(file));
            if (!head) {
                Files.copy(file, exchange.getResponseBody());
            }
        }
        exchange.close();
    }

    @Test
    void whatWasBuiltIsInstalledWhole() throws Exception {
        served = Path.of("target", "fiji-site").toAbsolutePath();
        updater(List.of(), "update");
        Map<String, String> states = states();
        assertTrue(states.keySet().stream().anyMatch(name -> name.startsWith("plugins/TransFuse_-")), states::toString);
        assertTrue(states.containsKey("jars/transfuse-model-nuclei.jar"), states::toString);
        assertTrue(states.values().stream().allMatch("INSTALLED"::equals), states::toString);
        Path site = Path.of("target", "update-site");
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(-1, Files.mismatch(file, fiji.resolve(site.relativize(file))), file::toString);
            }
        }
    }

    @Test
    void windowsGetsItsOwnNativesAlone() throws Exception {
        version("code").serve(served);
        // A Java that believes to be on Windows cannot connect here: it reads the files themselves
        know(served.toUri().toString());
        updater(List.of("-Dos.name=Windows 11", "-Dos.arch=amd64"), "update");
        assertTrue(Files.exists(fiji.resolve("jars/win64/native-windows-x86_64.jar")));
        assertFalse(Files.exists(fiji.resolve("jars/linux64")));
        assertFalse(Files.exists(fiji.resolve("jars/macos-arm64")));
    }

    @Test
    void aFixIsADownloadOfTheCodeAlone() throws Exception {
        SmallSite first = version("code");
        first.serve(served);
        updater(List.of(), "update");
        Path before = folder.resolve("before.gz");
        Files.copy(served.resolve("db.xml.gz"), before);
        Files.delete(first.folder().resolve("macros/old.ijm"));
        version("mended").serve(served, before.toString());
        assertEquals("UPDATEABLE", states().get("plugins/TransFuse_-1.jar"));
        assertEquals("INSTALLED", states().get("jars/model.jar"));
        String said = updater(List.of(), "update");
        assertFalse(said.contains("jars/model.jar"), said);
        assertEquals(
                -1,
                Files.mismatch(
                        first.folder().resolve("plugins/TransFuse_-1.jar"), fiji.resolve("plugins/TransFuse_-1.jar")));
        assertEquals("INSTALLED", states().get("plugins/TransFuse_-1.jar"));
        assertFalse(Files.exists(fiji.resolve("macros/old.ijm")), "what is served no more goes");
    }

    private SmallSite version(String code) throws IOException {
        SmallSite site = new SmallSite(folder.resolve("site"));
        site.jar("plugins/TransFuse_-1.jar", Map.of("a/B.class", code), 1_600_000_000_000L);
        for (String other : List.of(
                "jars/model.jar",
                "jars/win64/native-windows-x86_64.jar",
                "jars/linux64/native-linux-x86_64.jar",
                "jars/macos-arm64/native-macosx-arm64.jar")) {
            site.jar(other, Map.of("a/B.txt", other), 1_600_000_000_000L);
        }
        if (code.equals("code")) {
            site.text("macros/old.ijm", "print(1);");
        }
        return site;
    }

    /** The state of every file of the site, as the updater sees it. */
    private Map<String, String> states() throws Exception {
        Map<String, String> states = new TreeMap<>();
        for (String line : updater(List.of(), "list-from-site", "TransFuse").split("\n", -1)) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 3) {
                states.put(cells[0], cells[1].replaceAll("[()]", ""));
            }
        }
        return states;
    }

    private String updater(List<String> options, String... words) throws Exception {
        Path libraries = Path.of(System.getProperty("fiji.command"))
                .toAbsolutePath()
                .getParent()
                .resolve("jars");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dimagej.dir=" + fiji,
                "-Dij.dir=" + fiji));
        command.addAll(options);
        command.addAll(List.of("-cp", libraries + File.separator + "*", "net.imagej.updater.CommandLine"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), output);
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
