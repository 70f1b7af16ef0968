package io.github.transfuse.engine;

import java.util.List;

/**
 * Whether PyTorch for NVIDIA GPUs is used: if the user has installed it and what it calls is here. It loads nowhere else, not
 * even to compute on the processor.
 */
final class GpuChoice {
    private static final System.Logger LOGGER = System.getLogger(LoggedDownload.LOG);

    private GpuChoice() {}

    /** For this computer. */
    static boolean standard() {
        return isUsed(EngineStore.standard(true), CudaLibraries.standard(Platform.current()));
    }

    static boolean isUsed(EngineStore store, CudaLibraries libraries) {
        return store.hasGpu() && libraries.missing().isEmpty();
    }

    /** As {@link #standard}; the log says why, if what the user has installed is not used. */
    static boolean told() {
        EngineStore store = EngineStore.standard(true);
        List<String> missing =
                store.hasGpu() ? CudaLibraries.standard(Platform.current()).missing() : List.of();
        if (!missing.isEmpty()) {
            LOGGER.log(System.Logger.Level.WARNING, () -> unused(missing));
        }
        return store.hasGpu() && missing.isEmpty();
    }

    static String unused(List<String> missing) {
        return "PyTorch for GPUs is installed, but the one for the processor is used: missing are "
                + String.join(", ", missing) + " of NVIDIA.";
    }

    /** What to tell if it does not load all the same. */
    static EngineUnavailableException failed(EngineUnavailableException cause) {
        return new EngineUnavailableException(
                cause.getMessage()
                        + " This was PyTorch for GPUs: 'transfuse engine remove --gpu', or TransFuse Engine..."
                        + " in the menu, goes back to the processor.",
                cause);
    }
}
