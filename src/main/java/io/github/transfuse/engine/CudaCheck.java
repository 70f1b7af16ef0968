package io.github.transfuse.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether this computer is fit to compute on an NVIDIA GPU. Nothing is loaded: whether it does compute, {@link DeviceInfo}
 * tells.
 *
 * @param gpus what is there, a line each
 * @param obstacles why it cannot be used, in words for the user; empty if nothing is known to be in the way
 */
public record CudaCheck(List<String> gpus, List<String> obstacles) {
    /** Where Windows, Linux on Windows, and others have it. */
    private static final List<String> PROGRAMS =
            List.of("nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi", "C:/Windows/System32/nvidia-smi.exe");

    private static final int PATIENCE_SECONDS = 20;

    /** Lists are copied. */
    public CudaCheck {
        gpus = List.copyOf(gpus);
        obstacles = List.copyOf(obstacles);
    }

    /** Asks this computer; takes about a second. */
    public static CudaCheck standard() {
        String platform = Platform.current();
        if (Artifact.gpuOnly(platform).isEmpty()) {
            return new CudaCheck(List.of(), List.of());
        }
        return of(NvidiaGpu.parse(asked()), CudaLibraries.standard(platform).missing());
    }

    static CudaCheck of(List<NvidiaGpu> gpus, List<String> missing) {
        List<String> obstacles = new ArrayList<>();
        if (gpus.isEmpty()) {
            obstacles.add(
                    "No NVIDIA driver answers (nvidia-smi): there is no NVIDIA GPU, or its driver is not installed.");
        }
        // one that can be used is enough
        if (gpus.stream().allMatch(gpu -> gpu.obstacle().isPresent())) {
            gpus.stream().flatMap(gpu -> gpu.obstacle().stream()).distinct().forEach(obstacles::add);
        }
        if (!missing.isEmpty()) {
            obstacles.add("These libraries of NVIDIA were not found: " + String.join(", ", missing)
                    + ". Install CUDA 13 (its toolkit has most of them), cuDNN 9 and, on Linux, NCCL 2 from"
                    + " developer.nvidia.com, and have their folders in "
                    + (missing.get(0).endsWith(".dll") ? "PATH" : "LD_LIBRARY_PATH") + ".");
        }
        return new CudaCheck(gpus.stream().map(NvidiaGpu::toString).toList(), obstacles);
    }

    private static List<String> asked() {
        return PROGRAMS.stream()
                .map(CudaCheck::asked)
                .filter(lines -> !lines.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> asked(String program) {
        try {
            Process process = new ProcessBuilder(
                            program, "--query-gpu=name,driver_version,compute_cap", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            return answer(process);
        } catch (IOException e) {
            // not there: the next place
            return List.of();
        }
    }

    private static List<String> answer(Process process) throws IOException {
        process.getOutputStream().close();
        try {
            // a few lines, which fit the pipe: a driver that hangs must not be waited for
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
