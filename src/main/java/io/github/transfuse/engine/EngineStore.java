package io.github.transfuse.engine;

import io.github.transfuse.files.UnwrittenFileException;
import io.github.transfuse.files.WebStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the jars of the engine are: in a folder that the user names, near the plugin's own jar, in the plugin's jar, in a
 * zip file beside it, in the user's folder, or, when all that fails, in a Maven repository, from where they are fetched.
 *
 * <p>Every jar that is not in a folder named by the user is checked against its pinned checksum.
 *
 * @param platform such as linux-x86_64
 * @param artifacts what is needed
 * @param places folders to look in, nearest first
 * @param home folder that receives what is unpacked or fetched
 * @param repository base address of a Maven repository, with a slash at its end
 */
record EngineStore(String platform, List<Artifact> artifacts, List<Path> places, Path home, URI repository) {
    /** System property: a folder that holds the engine's jars. They are used as they are. */
    static final String FOLDER_PROPERTY = "transfuse.engine";

    /** System property: base address of the Maven repository from which missing jars are fetched. */
    static final String REPOSITORY_PROPERTY = "transfuse.download";

    private static final String REPOSITORY = "https://repo1.maven.org/maven2/";

    /** Resource folder of jars that are packed into the plugin's jar. */
    private static final String NESTED = "/engine/";

    /**
     * As this computer, the system properties and the place of the plugin's jar say.
     *
     * @param gpu with what NVIDIA GPUs need, instead of what the processor alone needs
     */
    static EngineStore standard(boolean gpu) {
        String platform = Platform.current();
        String base = System.getProperty(REPOSITORY_PROPERTY, REPOSITORY);
        return new EngineStore(
                platform,
                gpu ? Artifact.withGpu(platform) : Artifact.forPlatform(platform),
                OwnCode.neighbours(),
                Path.of(System.getProperty("user.home"), ".transfuse", "engine"),
                URI.create(base.endsWith("/") ? base : base + "/"));
    }

    /** The folder that the user names with {@value #FOLDER_PROPERTY}. */
    static Optional<Path> named() {
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        return folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder));
    }

    /** All jars in a folder that the user vouches for, for instance those for another GPU. */
    static List<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("pytorch-"))) {
                throw new EngineUnavailableException("The folder " + folder + ", named by the system property "
                        + FOLDER_PROPERTY + ", holds no pytorch-*.jar. Name the folder with the jars of the engine.");
            }
            return jars;
        } catch (IOException e) {
            throw new EngineUnavailableException(
                    "The folder " + folder + ", named by the system property " + FOLDER_PROPERTY + ", cannot be read: "
                            + e,
                    e);
        }
    }

    /** Whether the jars for NVIDIA GPUs are wanted, and all here: whoever installed them wants them used. */
    boolean hasGpu() {
        List<Artifact> gpu = artifacts.stream().filter(Artifact::isGpu).toList();
        return !gpu.isEmpty()
                && gpu.stream().allMatch(a -> a.seemsIn(home) || places.stream().anyMatch(a::seemsIn));
    }

    /** Where a jar seems to lie by its name and size; unpacks and checks nothing. */
    Optional<Path> place(Artifact artifact) {
        return Stream.concat(places.stream(), Stream.of(home))
                .filter(artifact::seemsIn)
                .map(folder -> folder.resolve(artifact.fileName()))
                .findFirst();
    }

    /** Bytes that {@link #jars} would fetch. */
    long missingBytes() {
        requirePlatform();
        try {
            long bytes = 0;
            for (Artifact artifact : artifacts) {
                bytes += find(artifact).isPresent() ? 0 : artifact.size();
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * All jars, fetched if need be.
     *
     * @throws EngineUnavailableException if one is missing and cannot be got, or the listener cancels
     */
    List<Path> jars(DownloadListener listener) {
        requirePlatform();
        try {
            List<Path> jars = new ArrayList<>();
            List<Artifact> missing = new ArrayList<>();
            for (Artifact artifact : artifacts) {
                find(artifact).ifPresentOrElse(jars::add, () -> missing.add(artifact));
            }
            fetch(missing, listener);
            missing.forEach(artifact -> jars.add(home.resolve(artifact.fileName())));
            return jars;
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private EngineUnavailableException unreadable(IOException e) {
        return new EngineUnavailableException(
                "The engine's files cannot be read or written (" + e + "). Its folder is " + home + ".", e);
    }

    private void requirePlatform() {
        if (artifacts.stream().noneMatch(Artifact::isNative)) {
            throw new EngineUnavailableException(Platform.unsupported(platform));
        }
    }

    private Optional<Path> find(Artifact artifact) throws IOException {
        for (Path place : places) {
            Path file = place.resolve(artifact.fileName());
            if (artifact.matches(file)) {
                return Optional.of(file);
            }
        }
        Path kept = home.resolve(artifact.fileName());
        if (artifact.matches(kept) || unpackNested(artifact) || unzip(artifact)) {
            return Optional.of(kept);
        }
        return Optional.empty();
    }

    private boolean unpackNested(Artifact artifact) throws IOException {
        String resource = NESTED + artifact.fileName();
        try (InputStream in = EngineStore.class.getResourceAsStream(resource)) {
            if (in == null) {
                return false;
            }
            new ArtifactWriter(home).write(artifact, in, "The resource " + resource, bytes -> {});
            return true;
        }
    }

    private boolean unzip(Artifact artifact) throws IOException {
        for (Path place : places) {
            Path archive = place.resolve("transfuse-engine-" + platform + ".zip");
            if (Files.isRegularFile(archive) && unzip(artifact, archive)) {
                return true;
            }
        }
        return false;
    }

    private boolean unzip(Artifact artifact, Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Optional<? extends ZipEntry> entry = zip.stream()
                    .filter(e -> e.getName().equals(artifact.fileName())
                            || e.getName().endsWith("/" + artifact.fileName()))
                    .findFirst();
            if (entry.isEmpty()) {
                return false;
            }
            try (InputStream in = zip.getInputStream(entry.get())) {
                new ArtifactWriter(home).write(artifact, in, archive + "!/" + entry.get(), bytes -> {});
            }
            return true;
        }
    }

    private void fetch(List<Artifact> missing, DownloadListener listener) {
        Received received =
                new Received(missing.stream().mapToLong(Artifact::size).sum(), listener);
        for (Artifact artifact : missing) {
            URI address = repository.resolve(artifact.path());
            try (InputStream in = WebStream.open(address, received::isCanceled)) {
                new ArtifactWriter(home).write(artifact, in, address.toString(), received::add);
            } catch (CancellationException e) {
                throw canceled(e);
            } catch (UnwrittenFileException e) {
                throw unreadable(e);
            } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
                throw new EngineUnavailableException(
                        "PyTorch could not be fetched from " + address + " (" + e + "). Without a network, put"
                                + " transfuse-engine-" + platform + ".zip beside the plugin's jar, or the jars into "
                                + home + ", or name their folder with -D" + FOLDER_PROPERTY + "=FOLDER. Behind a proxy,"
                                + " -D" + REPOSITORY_PROPERTY + "=ADDRESS names another Maven repository.",
                        e);
            }
        }
    }

    private static EngineUnavailableException canceled(CancellationException e) {
        return new EngineUnavailableException("The download of PyTorch was canceled.", e);
    }

    /** Counts the bytes of all downloads together. */
    private static final class Received {
        private final long total;
        private final DownloadListener listener;
        private long done;

        Received(long total, DownloadListener listener) {
            this.total = total;
            this.listener = listener;
        }

        void add(long bytes) {
            done += bytes;
            if (isCanceled()) {
                throw new CancellationException();
            }
        }

        /** Asked while nothing comes, too. */
        boolean isCanceled() {
            return !listener.received(done, total);
        }
    }
}
