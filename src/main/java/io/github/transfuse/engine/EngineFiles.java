package io.github.transfuse.engine;

import io.github.transfuse.files.FolderTree;
import io.github.transfuse.files.StagedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jars of PyTorch on this computer, for the processor or for NVIDIA GPUs: which are needed, where they are, what is to be
 * fetched. Fetches them into the user's folder, and removes them from it.
 */
public final class EngineFiles {
    private static final double MEGABYTE = 1e6;

    private final EngineStore store;
    private final boolean gpu;
    private final boolean withProgram;
    private final Path cache;

    /**
     * What a store has.
     *
     * @param gpu whether for NVIDIA GPUs
     * @param withProgram whether the program's own class path has PyTorch for the processor
     * @param cache folder of ours into which JavaCPP unpacks
     */
    EngineFiles(EngineStore store, boolean gpu, boolean withProgram, Path cache) {
        this.store = store;
        this.gpu = gpu;
        this.withProgram = withProgram;
        this.cache = cache;
    }

    /**
     * Those of this computer.
     *
     * @param gpu whether for NVIDIA GPUs instead of the processor alone
     */
    public static EngineFiles standard(boolean gpu) {
        return new EngineFiles(
                EngineStore.standard(gpu),
                gpu,
                HostJavaCpp.isOurs(EngineFiles.class.getClassLoader()),
                IsolatedStart.cache());
    }

    /**
     * One jar.
     *
     * @param name of the file
     * @param bytes it has
     * @param folder where it is; empty if it is not here as a file
     */
    public record Jar(String name, long bytes, Optional<Path> folder) {}

    /** The platform of this computer, such as linux-x86_64. */
    public String platform() {
        return store.platform();
    }

    /** The user's folder, into which jars are fetched. */
    public Path folder() {
        return store.home();
    }

    /** Why there is no PyTorch of this kind for this platform, in words for the user; empty if there is. */
    public Optional<String> unsupported() {
        if (store.artifacts().stream().noneMatch(Artifact::isNative)) {
            return Optional.of(Platform.unsupported(platform()));
        }
        boolean none = gpu && Artifact.gpuOnly(platform()).isEmpty();
        return none
                ? Optional.of("There is no PyTorch for NVIDIA GPUs for " + platform()
                        + ": there is one for linux-x86_64 and windows-x86_64.")
                : Optional.empty();
    }

    /** Whether the program brings what is asked for, so that nothing need be fetched. */
    public boolean comesWithProgram() {
        return withProgram && !gpu;
    }

    /** All that are needed, with where they seem to be: names and sizes are looked at, checksums when they are used. */
    public List<Jar> jars() {
        return store.artifacts().stream()
                .map(artifact -> new Jar(
                        artifact.fileName(),
                        artifact.size(),
                        store.place(artifact).map(Path::getParent)))
                .toList();
    }

    /**
     * Bytes that {@link #install} would fetch.
     *
     * @throws EngineUnavailableException if there is nothing for this platform
     */
    public long missingBytes() {
        requirePlatform();
        return comesWithProgram() ? 0 : store.missingBytes();
    }

    /**
     * Fetches what is missing, each jar whole and with the right checksum or not at all.
     *
     * @return where all are
     * @throws EngineUnavailableException if there is nothing for this platform, too little room, or one cannot be got; what
     *     came before is kept
     */
    public List<Path> install(DownloadListener listener) {
        requirePlatform();
        if (comesWithProgram()) {
            return List.of();
        }
        requireRoom();
        return store.jars(listener);
    }

    private void requirePlatform() {
        unsupported().ifPresent(why -> {
            throw new EngineUnavailableException(why);
        });
    }

    private void requireRoom() {
        long bytes = store.missingBytes();
        try {
            Path there = folder().toAbsolutePath();
            while (there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            long free = Files.getFileStore(there).getUsableSpace();
            if (free < bytes) {
                throw new EngineUnavailableException(String.format(
                        "PyTorch needs %.0f MB, and %s has %.0f MB free. Make room there.",
                        bytes / MEGABYTE, folder(), free / MEGABYTE));
            }
        } catch (IOException e) {
            throw new EngineUnavailableException("The folder " + folder() + " cannot be looked at: " + e, e);
        }
    }

    /**
     * Removes the jars that this version fetches, and what JavaCPP has unpacked of them, from the user's own folders; all
     * else stays. For GPUs only the jars that nothing else needs.
     *
     * @return what was removed
     * @throws IOException if a file cannot be removed: on Windows as long as a program uses it
     */
    public List<Path> remove() throws IOException {
        StagedFiles.sweep(folder());
        List<Artifact> ours = gpu ? Artifact.gpuOnly(platform()) : Artifact.everything();
        List<Path> removed = new ArrayList<>();
        for (Artifact artifact : ours) {
            for (Path path : List.of(folder().resolve(artifact.fileName()), cache.resolve(artifact.fileName()))) {
                if (Files.exists(path)) {
                    FolderTree.delete(path);
                    removed.add(path);
                }
            }
        }
        return removed;
    }

    /** What else is in the user's folder; none of it is ours to remove. */
    public List<Path> others() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        List<String> ours =
                Artifact.everything().stream().map(Artifact::fileName).toList();
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> !ours.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** The folder that a user has named to be used instead, with {@code -Dtransfuse.engine}. */
    public static Optional<Path> named() {
        return EngineStore.named();
    }
}
