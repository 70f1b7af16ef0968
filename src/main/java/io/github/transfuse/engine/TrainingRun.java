package io.github.transfuse.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A prepared training. */
public interface TrainingRun extends AutoCloseable {

    /** What is about to be trained on, for people: pairs found, split, sizes, memory estimate, device, precision. */
    TrainingSummary summary();

    /**
     * Trains, on the calling thread, until the plan's end, early stopping, or {@link TrainingListener#request}.
     *
     * @return the model folder that holds the best weights
     * @throws IOException if data cannot be read or the folder cannot be written; earlier checkpoints stay intact
     */
    Path run(TrainingListener listener) throws IOException;

    /** Frees native memory. */
    @Override
    void close();
}
