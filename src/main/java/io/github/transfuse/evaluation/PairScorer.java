package io.github.transfuse.evaluation;

import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.Modalities;
import io.github.transfuse.image.Orientation;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.TruthReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Segments and scores pairs, by what was found out of all masks beforehand. It travels between computers. */
public final class PairScorer implements Serializable {
    private static final long serialVersionUID = 1;

    private final TruthReader truth;
    private final double tolerance;

    /**
     * For an evaluation.
     *
     * @param tolerance of NSD, if it was given
     */
    PairScorer(TruthReader truth, Optional<Double> tolerance) {
        this.truth = truth;
        this.tolerance = tolerance.orElse(Double.NaN);
    }

    /**
     * Scores some pairs. One that cannot be scored has failed, and the others go on.
     *
     * @param network as {@link PairWorkers} got it
     * @param pairs by their numbers in the evaluation
     * @param canceled whether the result is no longer wanted
     * @throws IOException if the network cannot be opened
     * @throws CancellationException if it is no longer wanted
     */
    public EvaluationPart score(TransFuse network, Map<Integer, Pair> pairs, BooleanSupplier canceled)
            throws IOException {
        EvaluationPart part = new EvaluationPart();
        part.computedOn(network.open());
        for (Map.Entry<Integer, Pair> pair : pairs.entrySet()) {
            if (canceled.getAsBoolean()) {
                throw new CancellationException("Canceled");
            }
            score(network, Optional.empty(), pair.getKey(), pair.getValue(), part);
        }
        return part;
    }

    /**
     * Scores a pair.
     *
     * @param check compares with another precision, if that is asked for
     * @return why it failed, if it did
     */
    Optional<Throwable> score(
            TransFuse network, Optional<PrecisionCheck> check, int number, Pair pair, EvaluationPart part) {
        List<String> notes = new ArrayList<>();
        try {
            ModelSpec spec = network.model().spec();
            CalibratedImage image = read(pair, spec);
            Orientation turn = turn(image, spec);
            CalibratedImage seen = turn.apply(image);
            notes.addAll(seen.notes());
            notes.addAll(turn.notes());
            CaseScorer scorer = CaseScorer.of(network, pair, seen, tolerance());
            List<TruthReader.Plane> wanted = truth.read(pair, image, turn, notes::add);
            scorer.requireFitting(wanted);
            Segmentation result = network.segment(seen);
            List<CaseScorer.Scored> scored = scorer.score(result, wanted);
            if (check.isPresent()) {
                check.get().compare(seen, result, worth(scored), other -> worth(scorer.score(other, wanted)));
            }
            part.add(number, scored, notes);
            return Optional.empty();
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            part.addFailed(number, notes, e);
            return Optional.of(e);
        }
    }

    /** The image of a pair as the model sees it. */
    static CalibratedImage seen(Pair pair, ModelSpec spec) throws IOException {
        CalibratedImage image = read(pair, spec);
        return turn(image, spec).apply(image);
    }

    private static CalibratedImage read(Pair pair, ModelSpec spec) throws IOException {
        return Modalities.of(ImageFiles.read(pair.image()), spec.imageChannels());
    }

    private static Orientation turn(CalibratedImage image, ModelSpec spec) throws IOException {
        return Orientation.of(image, spec.input().sampling().orientation());
    }

    private Optional<Double> tolerance() {
        return Double.isNaN(tolerance) ? Optional.empty() : Optional.of(tolerance);
    }

    /** The score that the task is judged by: of objects their F1, of areas their Dice; the mean over classes and planes. */
    private static double worth(List<CaseScorer.Scored> planes) {
        List<CaseScore> scores =
                planes.stream().flatMap(plane -> plane.scores().stream()).toList();
        Measure measure =
                scores.stream().anyMatch(score -> score.objects().isPresent()) ? Measure.OBJECT_F1 : Measure.DICE;
        return scores.stream()
                .mapToDouble(measure::of)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }
}
