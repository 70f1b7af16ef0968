package io.github.transfuse.imagej;

import io.github.transfuse.Settings;
import io.github.transfuse.TransFuse;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a model: what both kinds of command do once they have their settings. */
final class TrainJob {
    private TrainJob() {}

    /**
     * Trains on this thread; progress goes to the status bar and the log, and Esc stops with the best weights so far.
     *
     * @return the model folder
     * @throws IOException if images and masks cannot be read or do not match, or the model cannot be written
     */
    static Path run(Settings settings) throws IOException {
        try (TrainingStatus status = new TrainingStatus()) {
            Path model = TransFuse.train(settings, status).path();
            status.note("The model is in " + model);
            return model;
        }
    }
}
