package io.github.transfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a GPU is not used, in words. */
class CudaCheckTest {
    @TempDir
    private Path folder;

    private static List<String> obstacles(String... lines) {
        return CudaCheck.of(NvidiaGpu.parse(List.of(lines)), List.of()).obstacles();
    }

    @Test
    void whatTheDriverPrintsIsRead() {
        assertEquals(
                List.of(new NvidiaGpu("NVIDIA H200", "580.159.03", "9.0")),
                NvidiaGpu.parse(List.of("NVIDIA H200, 580.159.03, 9.0")));
        assertEquals(List.of(), NvidiaGpu.parse(List.of("NVIDIA-SMI has failed because it couldn't communicate")));
    }

    @Test
    void aFitGpuHasNothingInItsWay() {
        assertEquals(List.of(), obstacles("NVIDIA H200, 580.159.03, 9.0"));
        assertEquals(List.of(), obstacles("Tesla T4, 590.1, 7.5"));
        assertEquals(List.of(), obstacles("NVIDIA GB10, 590.1, 12.1"));
    }

    @Test
    void oldAndNewCardsAndOldDriversAreNamed() {
        assertTrue(obstacles("Tesla V100, 580.1, 7.0").get(0).contains("compute capability 7.0, and 7.5 is needed"));
        assertTrue(obstacles("Future, 700.1, 13.0").get(0).contains("too new"));
        assertTrue(obstacles("NVIDIA L4, 579.99, 8.9").get(0).contains("it is 579.99, and 580 or newer is needed"));
        assertTrue(obstacles().get(0).startsWith("No NVIDIA driver answers"));
    }

    @Test
    void oneFitGpuIsEnough() {
        assertEquals(List.of(), obstacles("Quadro K2000, 580.1, 3.0", "NVIDIA L4, 580.1, 8.9"));
    }

    @Test
    void missingLibrariesAreNamed() throws Exception {
        Files.createFile(folder.resolve("libcudnn.so.9"));
        List<String> missing =
                new CudaLibraries(List.of("libcudart.so.13", "libcudnn.so.9"), List.of(folder)).missing();
        assertEquals(List.of("libcudart.so.13"), missing);
        String told = CudaCheck.of(NvidiaGpu.parse(List.of("NVIDIA L4, 580.1, 8.9")), missing)
                .obstacles()
                .get(0);
        assertTrue(told.contains("libcudart.so.13") && told.contains("LD_LIBRARY_PATH"), told);
    }

    @Test
    void theFoldersOfTheEnvironmentComeFirst() {
        List<Path> folders = CudaLibraries.folders(
                Map.of("LD_LIBRARY_PATH", "/a" + File.pathSeparator + "/b"), false, List.of("/c"));
        assertEquals(List.of(Path.of("/a"), Path.of("/b"), Path.of("/c")), folders.subList(0, 3));
    }

    @Test
    void thePyTorchForGpusIsUsedOnlyWhereItLoads() throws Exception {
        Files.createFile(folder.resolve("libcudart.so.13"));
        Artifact tiny = new Artifact("pytorch-1-linux-x86_64-gpu.jar", 0, "");
        EngineStore empty = new EngineStore("linux-x86_64", List.of(tiny), List.of(), folder, folder.toUri());
        CudaLibraries whole = new CudaLibraries(List.of("libcudart.so.13"), List.of(folder));
        CudaLibraries lacking = new CudaLibraries(List.of("libcupti.so.13"), List.of(folder));

        assertFalse(GpuChoice.isUsed(empty, whole), "it is not installed");
        Files.createFile(folder.resolve("pytorch-1-linux-x86_64-gpu.jar"));
        assertTrue(GpuChoice.isUsed(empty, whole));
        assertFalse(GpuChoice.isUsed(empty, lacking), "a library is missing");
    }
}
