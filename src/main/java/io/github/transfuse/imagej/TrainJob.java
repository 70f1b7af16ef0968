package io.github.transfuse.imagej;

import ij.IJ;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.evaluation.CrossValidation;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.view.TrainingMonitor;
import io.github.transfuse.view.TrainingPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Trains a model: what both kinds of command do once they have their settings. */
final class TrainJob {
    private TrainJob() {}

    /**
     * Trains on this thread, from folders or open images; progress goes to a window where there may be one, to the status
     * bar and the log, and to pictures in the model folder. Esc, like the window's button, stops with the best weights so
     * far.
     *
     * @return the model folder
     * @throws IOException if images and masks cannot be read or do not match, or the model cannot be written
     */
    static Path run(Settings asked) throws IOException {
        Settings settings = OpenTrainingImages.inFolders(asked, IJ::log);
        Optional<Path> folder = settings.get(Keys.OUTPUT);
        TrainingMonitor monitor = new TrainingMonitor(folder);
        // curves are of one training
        Optional<TrainingWindow> window = settings.has(Keys.FOLDS) ? Optional.empty() : TrainingWindow.open(monitor);
        try (TrainingStatus status = new TrainingStatus()) {
            TrainingListener shown = TrainingListener.all(status, monitor);
            Path model = CrossValidation.train(settings, own -> TrainingPictures.beside(own, shown));
            status.note("The model is in " + model);
            window.ifPresent(live -> live.ended("Finished: the model is in " + model, Optional.of(model)));
            return model;
        } catch (IOException | RuntimeException e) {
            window.ifPresent(live -> live.ended(Failures.message(e)));
            throw e;
        }
    }
}
