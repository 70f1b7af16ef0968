package io.github.transfuse.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.UnpackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real libraries in a cache of their own: a start that was killed while it unpacked them does not crash the next. */
class NativeCacheTest {
    @TempDir
    private Path folder;

    @Test
    void aCutLibraryIsMadeAnew() throws Exception {
        Path cache = Files.createDirectory(folder.toRealPath().resolve("a cache"));
        UnpackedFile largest = NativeFiles.of(cache, Loader.class, openblas_nolapack.class, torch.class).stream()
                .max(Comparator.comparingLong(UnpackedFile::size))
                .orElseThrow();
        cut(largest);

        String said = start(cache);

        assertTrue(said.contains("devices"), said);
        assertTrue(said.contains(largest.target().getFileName() + ". They are unpacked again."), said);
        assertEquals(unpacked(cache), checked(cache), "JavaCPP unpacked nothing by itself");
        assertEquals(largest.size(), Files.size(largest.target()));
    }

    /** What JavaCPP leaves if it is killed. */
    private static void cut(UnpackedFile library) throws IOException {
        Files.createDirectories(library.target().getParent());
        try (InputStream in = library.source().openStream();
                OutputStream out = Files.newOutputStream(library.target())) {
            byte[] buffer = new byte[1 << 20];
            for (long left = library.size() / 2; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private String start(Path cache) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeCacheProbe.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(folder.toFile())
                .start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the start hangs");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private static Set<String> unpacked(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .map(file -> cache.relativize(file).toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> checked(Path cache) throws IOException {
        return Files.readAllLines(cache.resolve(".transfuse-checked"), StandardCharsets.UTF_8).stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
