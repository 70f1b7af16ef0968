package io.github.transfuse.evaluation;

import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Trains the folds of a {@link CrossValidation} on several computers, with the files that one computer would write. Found by
 * {@link java.util.ServiceLoader}: what does it comes in a jar of its own.
 */
public interface DistributedTraining {
    /**
     * Trains a model for each fold.
     *
     * @param settings of training with {@code folds}; images, masks and output on a disk that all computers see
     * @param master where the work is done, in the words of what does it; empty: as it was started
     * @param listener told notes, one at a time
     * @return the folder that segments with all folds
     * @throws SettingException if something is missing
     * @throws IOException if a fold failed, or nothing can be done at all; folds that are done stay
     */
    Path train(Settings settings, String master, TrainingListener listener) throws IOException;
}
