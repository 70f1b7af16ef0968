package io.github.transfuse.evaluation;

import io.github.transfuse.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Watches an {@link Evaluation}. All calls come from the thread that runs it. */
public interface EvaluationListener extends Progress {
    /** Listens to nothing and never cancels. */
    EvaluationListener NONE = new EvaluationListener() {};

    /** An image is scored: a row per class, for stacks per plane and class. */
    default void scored(Path image, List<CaseScore> scores) {}

    /** An image could not be evaluated; the evaluation goes on with the next. */
    default void failed(Path image, Throwable cause) {}

    /** Something the user should know. */
    default void note(String sentence) {}

    @Override
    default void report(long done, long total, String step) {}

    @Override
    default boolean isCanceled() {
        return false;
    }
}
