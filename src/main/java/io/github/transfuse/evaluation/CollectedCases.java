package io.github.transfuse.evaluation;

import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an evaluation knows so far, and tells its listener. */
final class CollectedCases {
    private final List<Pair> pairs;
    private final EvaluationListener listener;
    private final EvaluationPart known = new EvaluationPart();
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    CollectedCases(List<Pair> pairs, EvaluationListener listener) {
        this.pairs = pairs;
        this.listener = listener;
    }

    /** Notes what holds for all images. */
    void note(String sentence) {
        before.add(sentence);
        tell(sentence);
    }

    /** Notes what is known after the last image. */
    void conclude(String sentence) {
        after.add(sentence);
        tell(sentence);
    }

    private void tell(String sentence) {
        told.add(sentence);
        listener.note(sentence);
    }

    /** Adds a part that was made elsewhere. */
    void add(EvaluationPart part) {
        part.tell((number, words) -> asGiven(words, pairs.get(number)));
        part.results().forEach((number, result) -> add(number, result, Optional.empty()));
        known.add(part);
    }

    /** Adds a part of one pair, and why that failed, if it did. */
    void add(EvaluationPart part, Optional<Throwable> failure) {
        part.results().forEach((number, result) -> add(number, result, failure));
        known.add(part);
    }

    private void add(int number, EvaluationPart.Result result, Optional<Throwable> failure) {
        Path image = pairs.get(number).image();
        result.notes().stream().filter(note -> !told.contains(note)).forEach(this::tell);
        if (result.isFailed()) {
            listener.failed(image, failure.orElseGet(() -> new IOException(result.words())));
            return;
        }
        listener.scored(image, result.scores());
    }

    /** A pair that nobody tells of must not be missing in silence. */
    void requireAll() {
        if (known.results().size() != pairs.size()) {
            throw new IllegalStateException(
                    "Only " + known.results().size() + " of " + pairs.size() + " images were told of. Evaluate again.");
        }
    }

    /** Where the pairs so far were computed, such as {@code cpu in float32}. */
    List<String> grounds() {
        return known.grounds();
    }

    /** Others know files by the whole path, the user by the one that was given. */
    private static String asGiven(String words, Pair pair) {
        String text = words;
        for (Path file : List.of(pair.image(), pair.mask())) {
            text = text.replace(file.toAbsolutePath().normalize().toString(), file.toString());
        }
        return text;
    }

    /**
     * The report.
     *
     * @param models that were evaluated
     */
    EvaluationReport report(List<ModelFolder> models, Settings settings) {
        List<CaseScore> scores = new ArrayList<>();
        List<EvaluationReport.Failure> failures = new ArrayList<>();
        List<String> notes = new ArrayList<>(before);
        for (Map.Entry<Integer, EvaluationPart.Result> entry : known.results().entrySet()) {
            Pair pair = pairs.get(entry.getKey());
            EvaluationPart.Result result = entry.getValue();
            scores.addAll(result.scores());
            if (result.isFailed()) {
                failures.add(new EvaluationReport.Failure(pair.image(), result.failure()));
            }
            result.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        }
        notes.addAll(after);
        return new EvaluationReport(models, settings, scores, known.pictures(), failures, notes);
    }
}
