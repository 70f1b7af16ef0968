package io.github.transfuse.engine;

import io.github.transfuse.model.ModelFolder;
import java.io.IOException;
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
     * Prepares a training; nothing is computed or written before {@link TrainingRun#run}.
     *
     * @throws IOException if the data cannot be read or do not fit together
     */
    TrainingRun train(TrainingPlan plan) throws IOException;
}
