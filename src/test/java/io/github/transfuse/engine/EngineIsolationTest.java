package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a program of its own, whose parent loader holds another JavaCPP, ours still loads and computes. */
class EngineIsolationTest {
    private static final Path OTHER_JAVACPP = Path.of("target/other-javacpp/javacpp-1.5.12.jar");

    @TempDir
    private Path folder;

    @Test
    void computesBesideAnotherJavaCpp() throws Exception {
        leaveCutLibraries();
        List<String> said = runHost(IsolationProbe.class.getName());

        assertTrue(said.contains("ours visible: false"), said.toString());
        assertTrue(said.contains("sum: 36.0"), said.toString());
        assertTrue(said.contains("loader: transfuse-engine"), said.toString());
        assertTrue(said.contains("cache property: null"), said.toString());
        assertTrue(
                said.stream().anyMatch(line -> line.endsWith("They are unpacked again.")),
                () -> "cut libraries are made anew before the first is loaded: " + said);
        namesTheOtherExtension(said);
    }

    /** What a first start leaves that is killed while it unpacks. */
    private void leaveCutLibraries() throws IOException {
        for (Path jar : classPath().filter(EngineIsolationTest::isEngine).toList()) {
            try (JarFile opened = new JarFile(jar.toFile())) {
                for (JarEntry entry : Collections.list(opened.entries())) {
                    if (entry.getName().matches(".*/(libtorch_cpu|torch_cpu|libc10|c10)\\.(so|dll|dylib)")) {
                        Path cut = folder.resolve(".transfuse/javacpp/" + jar.getFileName() + "/" + entry.getName());
                        Files.createDirectories(cut.getParent());
                        try (InputStream in = opened.getInputStream(entry)) {
                            Files.write(cut, in.readNBytes((int) (entry.getSize() / 2)));
                        }
                    }
                }
            }
        }
    }

    private static void namesTheOtherExtension(List<String> said) {
        if (Files.exists(Path.of("/proc/self/maps"))) {
            assertTrue(said.contains("foreign: true"), said.toString());
            String second = said.stream()
                    .filter(line -> line.startsWith("second: "))
                    .findFirst()
                    .orElse("");
            assertTrue(second.contains("InstanSeg") && second.contains("restart"), second);
        }
    }

    private List<String> runHost(String probe) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-Dtransfuse.engine=" + engineFolder(),
                "-cp",
                OTHER_JAVACPP.toString(),
                "src/test/java/io/github/transfuse/engine/ParentFirstHost.java",
                probe));
        classPath().filter(entry -> !isEngine(entry)).map(Path::toString).forEach(command::add);
        Path output = folder.resolve("output.txt");
        Process host = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(host.waitFor(3, TimeUnit.MINUTES), () -> "the host hangs");
        } finally {
            host.destroyForcibly();
        }
        List<String> said = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertEquals(0, host.exitValue(), said.toString());
        return said;
    }

    /** A folder with the engine's jars, as a user would lay it out. */
    private Path engineFolder() throws IOException {
        Path engine = Files.createDirectories(folder.resolve("engine"));
        for (Path jar : classPath().filter(EngineIsolationTest::isEngine).toList()) {
            Files.copy(jar, engine.resolve(jar.getFileName()));
        }
        return engine;
    }

    private static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(Path::toAbsolutePath);
    }

    private static boolean isEngine(Path entry) {
        return entry.getFileName().toString().matches("(javacpp|openblas|pytorch)-.*\\.jar");
    }
}
