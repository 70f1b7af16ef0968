package io.github.transfuse.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * NVIDIA's libraries that PyTorch for GPUs calls: they are installed by the user, not fetched.
 *
 * @param names file names
 * @param folders where the system looks for them
 */
record CudaLibraries(List<String> names, List<Path> folders) {
    /** As libtorch_cpu.so and libtorch_cuda.so of PyTorch 2.10.0-1.5.13 for GPUs ask for them: without, none of it loads. */
    private static final List<String> LINUX = List.of(
            "libcudart.so.13",
            "libcupti.so.13",
            "libcublas.so.13",
            "libcublasLt.so.13",
            "libcufft.so.12",
            "libcufile.so.0",
            "libcurand.so.10",
            "libcusparse.so.12",
            "libcudnn.so.9",
            "libnccl.so.2");

    /** As torch_cuda.dll asks for them. */
    private static final List<String> WINDOWS = List.of(
            "cublas64_13.dll",
            "cublasLt64_13.dll",
            "cufft64_12.dll",
            "cusolver64_12.dll",
            "cusparse64_12.dll",
            "cudnn64_9.dll");

    private static final List<String> USUAL = List.of(
            "/usr/local/cuda-13.1/lib64",
            "/usr/local/cuda-13.1/extras/CUPTI/lib64",
            "/usr/local/cuda/lib64",
            "/usr/local/cuda/extras/CUPTI/lib64",
            "/usr/lib64",
            "/usr/lib/x86_64-linux-gnu",
            "/lib/x86_64-linux-gnu",
            "C:/Program Files/NVIDIA GPU Computing Toolkit/CUDA/v13.1/bin/x64",
            "C:/Program Files/NVIDIA GPU Computing Toolkit/CUDA/v13.1/bin",
            "C:/Windows/System32");

    /** On this computer. */
    static CudaLibraries standard(String platform) {
        boolean windows = platform.startsWith("windows");
        return new CudaLibraries(windows ? WINDOWS : LINUX, folders(System.getenv(), windows, configured()));
    }

    /** Folders of the environment first, then those of the system, then the usual ones. */
    static List<Path> folders(Map<String, String> environment, boolean windows, List<String> configured) {
        Set<Path> folders = new LinkedHashSet<>();
        String path = environment.getOrDefault(windows ? "PATH" : "LD_LIBRARY_PATH", "");
        Stream.of(Stream.of(path.split(File.pathSeparator)), configured.stream(), USUAL.stream())
                .flatMap(names -> names)
                .filter(name -> !name.isBlank())
                .forEach(name -> path(name).ifPresent(folders::add));
        return List.copyOf(folders);
    }

    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What the dynamic linker of Linux is told. */
    private static List<String> configured() {
        List<String> found = new ArrayList<>();
        Path folder = Path.of("/etc/ld.so.conf.d");
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("/"))
                        .forEach(found::add);
            }
        } catch (IOException | UncheckedIOException e) {
            // the usual folders remain; that PyTorch computes on the GPU is tried in the end
            return found;
        }
        return found;
    }

    /** Those that are in none of the folders. */
    List<String> missing() {
        return names.stream()
                .filter(name -> folders.stream().noneMatch(folder -> Files.exists(folder.resolve(name))))
                .toList();
    }
}
