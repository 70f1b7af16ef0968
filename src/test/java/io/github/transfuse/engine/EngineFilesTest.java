package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of PyTorch's jars, and which of them come and go. */
class EngineFilesTest {
    private static final String LINUX = "linux-x86_64";

    @TempDir
    private Path folder;

    private EngineFiles files(String platform, boolean gpu, boolean withProgram) {
        return new EngineFiles(
                new EngineStore(
                        platform,
                        gpu ? Artifact.withGpu(platform) : Artifact.forPlatform(platform),
                        List.of(),
                        folder.resolve("engine"),
                        folder.resolve("repository").toUri()),
                gpu,
                withProgram,
                folder.resolve("javacpp"));
    }

    private static Set<String> names(List<Artifact> artifacts) {
        return artifacts.stream().map(Artifact::fileName).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {LINUX, "windows-x86_64"})
    void theLibraryForGpusTakesThePlaceOfTheOtherOne(String platform) {
        Set<String> expected = names(Artifact.forPlatform(platform));
        assertTrue(expected.remove("pytorch-2.10.0-1.5.13-" + platform + ".jar"), "the one for the processor");
        expected.addAll(List.of(
                "pytorch-2.10.0-1.5.13-" + platform + "-gpu.jar",
                "cuda-13.1-9.19-1.5.13.jar",
                "cuda-13.1-9.19-1.5.13-" + platform + ".jar"));
        assertEquals(expected, names(Artifact.withGpu(platform)));
    }

    @Test
    void thereIsNoneForGpusOnAMac() {
        assertEquals(Artifact.forPlatform("macosx-arm64"), Artifact.withGpu("macosx-arm64"));
        assertTrue(
                files("macosx-arm64", true, false).unsupported().orElseThrow().contains("linux-x86_64"));
        assertThrows(EngineUnavailableException.class, () -> files("macosx-arm64", true, false)
                .install(DownloadListener.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-arm64", "macosx-x86_64", "windows-arm64"})
    void unknownPlatformsAreToldSo(String platform) {
        List<String> lines = EngineStatus.lines(files(platform, false, false), false, () -> {
            throw new AssertionError("no GPU is asked for");
        });
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(1).startsWith("There is no PyTorch for " + platform + " ("), lines::toString);
        assertTrue(
                lines.get(1).endsWith("TransFuse runs on linux-x86_64, windows-x86_64 and macosx-arm64."),
                lines::toString);
    }

    @Test
    void theStatusNamesEveryFileAndWhatIsMissing() throws IOException {
        EngineFiles files = files(LINUX, true, true);
        pretend("cuda-13.1-9.19-1.5.13.jar", 1_071_920);
        List<String> lines = EngineStatus.lines(
                files, true, () -> new CudaCheck(List.of("A GPU"), List.of("The driver is too old.")));
        String text = String.join("\n", lines);
        assertTrue(text.contains("457.8 MB  pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar  missing"), text);
        assertTrue(text.contains("1.1 MB  cuda-13.1-9.19-1.5.13.jar  " + folder.resolve("engine")), text);
        assertTrue(text.contains("GPU: A GPU\nNot ready: The driver is too old."), text);
        assertFalse(text.contains("nothing is missing"), text);
    }

    @Test
    void whatComesWithTheProgramIsNotFetched() {
        EngineFiles files = files(LINUX, false, true);
        assertEquals(0, files.missingBytes());
        assertEquals(List.of(), files.install(DownloadListener.NONE));
        assertTrue(EngineStatus.lines(files, false, () -> {
                    throw new AssertionError("no GPU is asked for");
                })
                .contains("It comes with the program. Nothing need be fetched."));
        assertFalse(files(LINUX, true, true).comesWithProgram(), "the one for GPUs does not");
    }

    private Path pretend(String name, long size) throws IOException {
        Path file = Files.createDirectories(folder.resolve("engine")).resolve(name);
        try (var channel = java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(size - 1);
            channel.write(java.nio.ByteBuffer.allocate(1));
        }
        return file;
    }

    @Test
    void theOneForGpusIsUsedOnlyWhenItIsWhole() throws IOException {
        EngineStore store =
                new EngineStore(LINUX, Artifact.withGpu(LINUX), List.of(), folder.resolve("engine"), folder.toUri());
        assertFalse(store.hasGpu());
        pretend("pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar", 457_810_678);
        assertFalse(store.hasGpu(), "a byte is missing");
        pretend("pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar", 457_810_679);
        assertTrue(store.hasGpu());
        EngineStore processor = new EngineStore(
                LINUX, Artifact.forPlatform(LINUX), List.of(), folder.resolve("engine"), folder.toUri());
        assertFalse(processor.hasGpu());
    }

    @Test
    void onlyOurFilesAreRemoved() throws IOException {
        Path own = pretend("javacpp-1.5.13.jar", 10);
        Path gpu = pretend("pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar", 10);
        Path foreign = pretend("diary.txt", 10);
        Path unpacked =
                Files.createDirectories(folder.resolve("javacpp/pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar/org"));

        assertEquals(
                List.of(gpu, unpacked.getParent()), files(LINUX, true, false).remove());
        assertTrue(Files.exists(own), "needed by the processor too");
        assertEquals(List.of(own), files(LINUX, false, false).remove());
        assertEquals(List.of(foreign), files(LINUX, false, false).others());
        try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
            assertEquals(List.of(foreign), left.toList());
        }
        assertEquals(List.of(), files(LINUX, false, false).remove());
    }

    @Test
    void whatIsFetchedIsPinned() throws IOException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path file = Files.writeString(repository.resolve("a-1-linux-x86_64.jar"), "natives");
        Artifact artifact = new Artifact("a-1-linux-x86_64.jar", Files.size(file), Sha256.of(file));
        EngineFiles files = new EngineFiles(
                new EngineStore(LINUX, List.of(artifact), List.of(), folder.resolve("engine"), repository.toUri()),
                false,
                false,
                folder);
        assertEquals(7, files.missingBytes());
        assertEquals(List.of(folder.resolve("engine/a-1-linux-x86_64.jar")), files.install(DownloadListener.NONE));
        assertEquals(0, files.missingBytes());
    }

    @Test
    void aDiskThatIsTooSmallIsToldBeforeAnythingIsFetched() {
        Artifact huge = new Artifact("a-1-linux-x86_64.jar", Long.MAX_VALUE, "0");
        EngineFiles files = new EngineFiles(
                new EngineStore(LINUX, List.of(huge), List.of(), folder.resolve("engine"), folder.toUri()),
                false,
                false,
                folder);
        EngineUnavailableException e = assertThrows(
                EngineUnavailableException.class,
                () -> files.install((done, total) -> {
                    throw new AssertionError("fetched");
                }));
        assertTrue(e.getMessage().contains("MB free"), e.getMessage());
    }
}
