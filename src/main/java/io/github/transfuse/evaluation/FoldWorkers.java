package io.github.transfuse.evaluation;

import io.github.transfuse.engine.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Those who train the folds of a {@link CrossValidation} in its place, such as the computers of a cluster. */
@FunctionalInterface
public interface FoldWorkers {
    /**
     * Trains all folds, and returns when none is at work any more. One that fails does not end the others.
     *
     * @param teller told of the folds, one at a time
     * @return why folds failed, by their numbers
     * @throws IOException if nothing can be done at all
     */
    Map<Integer, String> train(List<FoldTraining> folds, TrainingListener teller) throws IOException;
}
