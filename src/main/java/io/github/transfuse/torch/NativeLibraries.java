package io.github.transfuse.torch;

import io.github.transfuse.engine.EngineUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch, once per process, and settles how many threads it uses. */
final class NativeLibraries {

    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

    private NativeLibraries() {}

    /**
     * Loads.
     *
     * @throws EngineUnavailableException if there are no libraries for this platform, they do not load, or the process
     *     already holds another libtorch: two exclude each other and can crash the host
     */
    static void load() {
        memoryIsFreedByScopes();
        foreign(mappedFiles(), cacheDirectory()).ifPresent(library -> {
            throw new EngineUnavailableException("Another program part has already loaded its own PyTorch (" + library
                    + "), and two do not fit into one process. Restart, and run TransFuse first or without the other"
                    + " plugin.");
        });
        try {
            NativeCache.use(() -> Loader.load(torch.class));
            // OpenBLAS has a pool of its own that fights libtorch's for the cores: up to fifty times slower.
            openblas_nolapack.blas_set_num_threads(1);
            torch.set_num_threads(Cores.count());
        } catch (LinkageError e) {
            throw new EngineUnavailableException(failure(e), e);
        }
    }

    /**
     * JavaCPP refuses memory once the process is four times as large as Java's heap, which is normal with networks and
     * says nothing of leaks: pointer scopes free what a batch needed.
     */
    private static void memoryIsFreedByScopes() {
        for (String limit : List.of("maxphysicalbytes", "maxbytes")) {
            String property = "org.bytedeco.javacpp." + limit;
            if (System.getProperty(property) == null) {
                System.setProperty(property, "0");
            }
        }
    }

    /** The first libtorch among the mapped files that does not lie in JavaCPP's own cache. */
    static Optional<String> foreign(Stream<String> mappedFiles, String cache) {
        return mappedFiles
                .filter(line -> line.contains("/libtorch_cpu.") || line.contains("/libc10."))
                .map(line -> line.substring(line.indexOf('/')))
                .filter(file -> cache.isEmpty() || !file.startsWith(cache))
                .findFirst();
    }

    /** Only Linux lists them; elsewhere a conflict shows as a failure to load. */
    private static Stream<String> mappedFiles() {
        try {
            return Files.isReadable(MAPPED_FILES)
                    ? Files.readAllLines(MAPPED_FILES, StandardCharsets.ISO_8859_1).stream()
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static String cacheDirectory() {
        try {
            return NativeCache.folder().toRealPath().toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String failure(LinkageError error) {
        String reason = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String platform = Loader.getPlatform();
        return reason.contains("already loaded in another classloader")
                ? "PyTorch is already in use by another plugin with its own class loader. Restart, and run TransFuse"
                        + " first."
                : "PyTorch cannot be loaded on " + platform + ": " + reason
                        + ". There are libraries for linux-x86_64, windows-x86_64 and macosx-arm64; check that the one"
                        + " for this computer is installed, or reinstall TransFuse.";
    }
}
