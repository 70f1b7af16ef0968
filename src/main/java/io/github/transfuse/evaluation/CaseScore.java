package io.github.transfuse.evaluation;

import io.github.transfuse.metrics.ClassAgreement;
import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.metrics.Scores;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well one class of one image, or of one plane of a stack, was segmented.
 *
 * @param image stem of the file; for planes of a stack with {@code #} and their number from 1
 * @param className name of the class
 * @param scores overlap and distances
 * @param unit of the distances, such as {@code micron}; {@code pixel} where the image is not calibrated
 * @param objects pairs of objects at IoU 0.5; empty for class maps
 * @param seamIndex see {@link io.github.transfuse.tiling.SeamIndex}; empty if the image was not tiled at its own size
 */
public record CaseScore(
        String image,
        String className,
        Scores scores,
        String unit,
        Optional<ObjectMatching> objects,
        OptionalDouble seamIndex)
        implements Serializable {

    /** Whether the truth has the class, but nothing of it was found: its distances are not defined. */
    public boolean isMissed() {
        return scores.overlap().truth() > 0 && scores.overlap().predicted() == 0;
    }

    /** Whether the class was found, but the truth has nothing of it: its distances are not defined. */
    public boolean isInvented() {
        return scores.overlap().truth() == 0 && scores.overlap().predicted() > 0;
    }

    /** The Dice of an image: of all its classes together. */
    static double dice(List<CaseScore> ofImage) {
        return ClassAgreement.dice(
                ofImage.stream().map(score -> score.scores.overlap()).toList());
    }

    /** What may be empty does not travel between computers as it is. */
    private Object writeReplace() {
        return new Packed(
                image,
                className,
                scores,
                unit,
                objects.map(List::of).orElse(List.of()),
                seamIndex.isPresent() ? List.of(seamIndex.getAsDouble()) : List.of());
    }

    private record Packed(
            String image,
            String className,
            Scores scores,
            String unit,
            List<ObjectMatching> objects,
            List<Double> seamIndex)
            implements Serializable {
        private Object readResolve() {
            return new CaseScore(
                    image,
                    className,
                    scores,
                    unit,
                    objects.stream().findFirst(),
                    seamIndex.stream().mapToDouble(Double::doubleValue).findFirst());
        }
    }
}
