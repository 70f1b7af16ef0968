package io.github.transfuse.engine;

import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The native side: opens networks and runs trainings. Got from {@code EngineLoader}; one per process, never closed,
 * because libtorch cannot be unloaded. Thread-safe.
 */
public interface Engine {

    /** Versions and threads. */
    EngineInfo info();

    /** All devices this program knows of, usable or not. */
    List<DeviceInfo> devices();

    /**
     * Opens a network in its inference form.
     *
     * @param model what to open
     * @param options device, precision and threads
     * @throws IOException if the weights cannot be read or do not fit the network
     * @throws DeviceUnavailableException if a device asked for by name cannot be used
     */
    Network open(ModelFolder model, NetworkOptions options) throws IOException;

    /**
     * Opens a network of planes in float32 on the processor that remembers which numbers reach its operations.
     *
     * @param model what to open
     * @param threads threads an operation may use; 0: as many as there are cores
     * @throws IllegalArgumentException for a network of volumes, or where this processor cannot compute in int8
     * @throws IOException if the weights cannot be read or do not fit the network
     */
    WatchedNetwork watch(ModelFolder model, int threads) throws IOException;

    /**
     * Opens a TorchScript file on the processor, to be compared with. Such a file holds a program: open only one from a
     * source you trust.
     *
     * @param script the file
     * @param channels that the network in it takes
     * @param threads threads an operation may use; 0: as many as there are cores
     * @throws IOException if it is no TorchScript file
     */
    Network openScript(Path script, int channels, int threads) throws IOException;

    /**
     * Tells where the time of a prediction on the processor goes.
     *
     * @param model what to look at
     * @param options precision and threads
     * @param images a batch
     * @param predictions that are averaged
     * @throws IOException if the weights cannot be read or do not fit the network
     */
    LayerProfile profile(ModelFolder model, NetworkOptions options, Batch images, int predictions) throws IOException;

    /**
     * Prepares a training; nothing is computed or written before {@link TrainingRun#run}.
     *
     * @throws IOException if the data cannot be read or do not fit together
     */
    TrainingRun train(TrainingPlan plan) throws IOException;
}
