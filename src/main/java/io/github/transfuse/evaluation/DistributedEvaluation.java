package io.github.transfuse.evaluation;

import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.function.Function;

/**
 * Evaluates on several computers, with the files that {@link Evaluation} writes on one. Found by {@link
 * java.util.ServiceLoader}: what does it comes in a jar of its own.
 */
public interface DistributedEvaluation {
    /**
     * Evaluates all images that the settings name, as {@link Evaluation#run(EvaluationListener, Function)}.
     *
     * @param settings of evaluating, with images and masks on a disk that all computers see
     * @param master where the work is done, in the words of what does it; empty: as it was started
     * @param listener told of the images in the order in which they are done; all calls come one at a time
     * @param page makes the text of the page
     * @throws SettingException if something is missing
     * @throws IOException if nothing can be done at all; nothing is written then
     */
    EvaluationReport evaluate(
            Settings settings, String master, EvaluationListener listener, Function<EvaluationReport, String> page)
            throws IOException;
}
