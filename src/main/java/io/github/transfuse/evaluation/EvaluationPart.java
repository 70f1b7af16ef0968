package io.github.transfuse.evaluation;

import io.github.transfuse.batch.FailureWords;
import io.github.transfuse.engine.NetworkInfo;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * What is known of some pairs of an evaluation. It travels between computers. Joined parts are the same in whatever order
 * they come: each pair has its number.
 */
public final class EvaluationPart implements Serializable {
    private static final long serialVersionUID = 1;

    private final TreeMap<Integer, Result> results = new TreeMap<>();
    private final TreeSet<String> grounds = new TreeSet<>();
    private final CasePictures pictures = new CasePictures();

    /** Of no pairs yet. */
    EvaluationPart() {}

    /**
     * How a pair went.
     *
     * @param scores a row per class, for stacks per plane and class; empty if it failed
     * @param notes what was done to the image
     * @param failure what happened, as it is recorded; empty if it was scored
     * @param words the same for people
     */
    record Result(List<CaseScore> scores, List<String> notes, String failure, String words) implements Serializable {
        boolean isFailed() {
            return !words.isEmpty();
        }
    }

    /** Of a pair that no computer could score, with the reason. */
    public static EvaluationPart failed(int number, String why) {
        EvaluationPart part = new EvaluationPart();
        part.results.put(number, new Result(List.of(), List.of(), why, why));
        return part;
    }

    /** Adds a pair that is scored. */
    void add(int number, List<CaseScorer.Scored> planes, List<String> notes) {
        List<CaseScore> rows =
                planes.stream().flatMap(plane -> plane.scores().stream()).toList();
        results.put(number, new Result(rows, List.copyOf(notes), "", ""));
        pictures.add(number, planes);
    }

    /** Adds a pair that cannot be scored. */
    void addFailed(int number, List<String> notes, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        results.put(number, new Result(List.of(), List.copyOf(notes), reason, FailureWords.of(cause)));
    }

    /** Tells where pairs are computed. */
    void computedOn(NetworkInfo network) {
        grounds.add(network.device() + " in " + network.precision());
    }

    /** Puts failures in other words, made of the number of a pair and the words so far. */
    void tell(BiFunction<Integer, String, String> other) {
        results.replaceAll((number, result) -> new Result(
                result.scores, result.notes, other.apply(number, result.failure), other.apply(number, result.words)));
    }

    /** Adds what is known of other pairs. */
    void add(EvaluationPart other) {
        results.putAll(other.results);
        grounds.addAll(other.grounds);
        pictures.add(other.pictures);
    }

    /** How the pairs went, by their numbers. */
    Map<Integer, Result> results() {
        return results;
    }

    /** Devices and precisions of the pairs. */
    List<String> grounds() {
        return List.copyOf(grounds);
    }

    /** Of the worst and of the best. */
    EvaluationReport.Pictures pictures() {
        return pictures.chosen();
    }

    /** Pairs that are scored. */
    public long scored() {
        return results.values().stream().filter(result -> !result.isFailed()).count();
    }
}
