package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.EveryFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's jars are found or fetched whole, or not at all. */
class EngineStoreTest {
    private static final String PLATFORM = "linux-x86_64";

    @TempDir
    private Path folder;

    private Path repository;
    private Path home;
    private Path beside;
    private List<Artifact> artifacts;

    @BeforeEach
    void publish() throws IOException {
        repository = Files.createDirectories(folder.resolve("repository"));
        home = folder.resolve("home");
        beside = Files.createDirectories(folder.resolve("beside"));
        artifacts = List.of(artifact("a/one-1.jar", "classes"), artifact("b/two-1-linux-x86_64.jar", "natives"));
    }

    private Artifact artifact(String path, String content) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return new Artifact(path, content.length(), io.github.transfuse.files.Sha256.of(file));
    }

    private EngineStore store() {
        return new EngineStore(PLATFORM, artifacts, List.of(beside), home, repository.toUri());
    }

    @Test
    void fetchesWhatIsMissing() throws IOException {
        List<Long> done = new ArrayList<>();
        EngineStore store = store();
        assertEquals(14, store.missingBytes());

        List<Path> jars = store.jars((bytes, total) -> {
            assertEquals(14, total);
            return done.add(bytes);
        });

        assertEquals(List.of(home.resolve("one-1.jar"), home.resolve("two-1-linux-x86_64.jar")), jars);
        assertEquals("natives", Files.readString(jars.get(1)));
        assertEquals(List.of(0L, 7L, 14L), done.stream().distinct().toList());
        assertEquals(0, store.missingBytes());
    }

    @Test
    void looksBesideThePluginFirst() throws IOException {
        Files.copy(repository.resolve("a/one-1.jar"), beside.resolve("one-1.jar"));

        assertEquals(
                beside.resolve("one-1.jar"), store().jars(DownloadListener.NONE).get(0));
        assertFalse(Files.exists(home.resolve("one-1.jar")));
    }

    @Test
    void unpacksTheOfflineArchive() throws IOException {
        try (OutputStream file = Files.newOutputStream(beside.resolve("transfuse-engine-linux-x86_64.zip"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            write(zip, "engine/one-1.jar", "classes");
            write(zip, "two-1-linux-x86_64.jar", "natives");
        }
        EngineStore offline =
                new EngineStore(PLATFORM, artifacts, List.of(beside), home, URI.create("file:///nowhere/"));

        assertEquals(2, offline.jars(DownloadListener.NONE).size());
        assertEquals("classes", Files.readString(home.resolve("one-1.jar")));
    }

    private static void write(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Tag("faults")
    @Test
    void onADiskThatFailsAtAnyStepTheEarlierFileStays() throws Exception {
        Files.createDirectories(home);
        Files.writeString(home.resolve("two-1-linux-x86_64.jar"), "older");
        artifacts = List.of(artifacts.get(1));
        EveryFault.of(home, to -> new EngineStore(PLATFORM, artifacts, List.of(), to, repository.toUri())
                .jars(DownloadListener.NONE));
    }

    @Test
    void aSourceThatBreaksOffIsNoFaultOfTheFolder() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection lost");
            }

            @Override
            public int read(byte[] bytes, int start, int count) throws IOException {
                return read();
            }
        };
        Files.createDirectories(home);
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> new ArtifactWriter(home)
                .write(artifacts.get(0), broken, "there", bytes -> {}));
        assertEquals("connection lost", e.getCause().getMessage());
        assertEquals(List.of(), names(home));
    }

    @Test
    void refusesAnotherChecksum() throws IOException {
        Files.writeString(repository.resolve("b/two-1-linux-x86_64.jar"), "virus!!");

        EngineUnavailableException e =
                assertThrows(EngineUnavailableException.class, () -> store().jars(DownloadListener.NONE));

        assertTrue(e.getMessage().contains("b/two-1-linux-x86_64.jar"), e.getMessage());
        assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
        assertEquals(List.of("one-1.jar"), names(home));
    }

    @Test
    void refusesTooLongAFile() throws IOException {
        Files.writeString(repository.resolve("a/one-1.jar"), "classes and more");

        assertThrows(EngineUnavailableException.class, () -> store().jars(DownloadListener.NONE));
        assertEquals(List.of(), names(home));
    }

    @Test
    void replacesADamagedCopy() throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("one-1.jar"), "clas");

        store().jars(DownloadListener.NONE);

        assertEquals("classes", Files.readString(home.resolve("one-1.jar")));
    }

    @Test
    void leavesNothingHalfWrittenWhenCanceled() throws IOException {
        EngineUnavailableException e =
                assertThrows(EngineUnavailableException.class, () -> store().jars((done, total) -> false));

        assertTrue(e.getMessage().contains("canceled"), e.getMessage());
        assertEquals(List.of(), names(home));
    }

    @Test
    void saysHowToGoOnWithoutANetwork() {
        EngineStore offline =
                new EngineStore(PLATFORM, artifacts, List.of(beside), home, URI.create("file:///nowhere/"));

        EngineUnavailableException e =
                assertThrows(EngineUnavailableException.class, () -> offline.jars(DownloadListener.NONE));

        assertTrue(e.getMessage().contains("transfuse-engine-linux-x86_64.zip"), e.getMessage());
        assertTrue(e.getMessage().contains("transfuse.download"), e.getMessage());
    }

    @Test
    void pinsSixJarsForEachPlatform() {
        for (String platform : List.of("linux-x86_64", "windows-x86_64", "macosx-arm64")) {
            assertEquals(6, Artifact.forPlatform(platform).size(), platform);
        }
    }

    @Test
    void refusesOtherPlatforms() {
        EngineStore store = new EngineStore(
                "linux-ppc64le", Artifact.forPlatform("linux-ppc64le"), List.of(), home, repository.toUri());

        EngineUnavailableException e = assertThrows(EngineUnavailableException.class, store::missingBytes);
        assertTrue(e.getMessage().contains("linux-ppc64le"), e.getMessage());
    }

    @Test
    void knowsHowPlatformsAreCalled() {
        assertEquals("windows-x86_64", Platform.of("Windows 11", "amd64"));
        assertEquals("macosx-arm64", Platform.of("Mac OS X", "aarch64"));
        assertEquals("linux-x86_64", Platform.of("Linux", "amd64"));
    }

    @Test
    void recognisesAForeignTorch() throws IOException {
        Path maps = folder.resolve("maps");
        Files.writeString(
                maps,
                """
                7f00-7f01 r-xp 0000 08:01 12 /usr/lib/libc.so.6
                7f02-7f03 r-xp 0000 08:01 13 /home/x/.djl.ai/pytorch/libtorch_cpu.so
                """);
        assertEquals(
                "/home/x/.djl.ai/pytorch/libtorch_cpu.so",
                ForeignTorch.loaded(maps).orElseThrow());
        Files.writeString(maps, "7f00-7f01 r-xp 0000 08:01 12 /usr/lib/libc.so.6\n7f02 rw-p 0 00:00 0 \n");
        assertTrue(ForeignTorch.loaded(maps).isEmpty());
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
