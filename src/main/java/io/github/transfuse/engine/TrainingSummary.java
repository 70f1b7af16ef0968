package io.github.transfuse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a training is about to do.
 *
 * @param training number of training examples
 * @param validation number of validation examples
 * @param network device and precision in use
 * @param memory estimated
 * @param notes sentences for people: what was proposed, replaced or left out
 */
public record TrainingSummary(
        int training, int validation, NetworkInfo network, MemoryEstimate memory, List<String> notes) {

    /** All of it as sentences for people. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "Training on %d image%s, validating on %d, on %s in %s; %s.",
                training,
                training == 1 ? "" : "s",
                validation,
                network.device(),
                network.precision(),
                memory));
        sentences.addAll(notes);
        return sentences;
    }
}
