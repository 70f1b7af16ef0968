package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user without a network drops into QuPath works in a host like QuPath: another JavaCPP in the parent loader, the
 * packaged extension and the offline engine in one folder, an empty home.
 */
class IsolationPackagedIT {
    private static final String HOST = "src/test/java/io/github/transfuse/engine/ParentFirstHost.java";

    @TempDir
    private Path folder;

    @Test
    void segmentsFromTheExtensionsFolder() throws Exception {
        Path extensions = Files.createDirectories(folder.resolve("extensions"));
        Path extension = put("qupath-extension-transfuse-*.jar", extensions);
        put("transfuse-engine-*.zip", extensions);

        List<String> said = run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-Dtransfuse.download=http://127.0.0.1:9/",
                "-cp",
                hostClassPath(),
                HOST,
                PackagedProbe.class.getName(),
                extension.toString(),
                probe().toString()));

        assertTrue(said.contains("segmented: 64 x 64"), said.toString());
    }

    private static Path put(String pattern, Path extensions) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), pattern)) {
            // there may be an engine for each platform
            Path last = extensions;
            for (Path built : found) {
                last = Files.copy(built, extensions.resolve(built.getFileName()));
            }
            return last;
        }
    }

    /** The probe alone: its folder also holds our classes' tests, and nothing of theirs may help. */
    private Path probe() throws IOException {
        String file = PackagedProbe.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve("probe").resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of("target/test-classes").resolve(file), copy);
        return folder.resolve("probe");
    }

    /** What QuPath itself brings. */
    private static String hostClassPath() {
        String shipped = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        Path.of(entry).getFileName().toString().matches("(ij|gson|jts-core|slf4j-api)-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        return "target/other-javacpp/javacpp-1.5.12.jar" + File.pathSeparator + shipped;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process host = new ProcessBuilder(new ArrayList<>(command))
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
}
