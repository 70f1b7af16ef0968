package io.github.transfuse.samples;

import java.util.List;
import java.util.Map;

/**
 * Which pairs train and which validate.
 *
 * @param training pairs to learn from
 * @param validation pairs to select the best weights with
 * @param note how the split was made, for people
 * @param units what each stem must stay together with, where the split was chosen by its program ({@link HeldBack}); empty
 *     where a user chose it
 */
public record Split(List<Pair> training, List<Pair> validation, String note, Map<String, String> units) {

    /** Images that can judge a training. */
    private static final int ENOUGH = 3;

    /** Copies the lists. */
    public Split {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        units = Map.copyOf(units);
    }

    /** A split that a user chose; the note says so if too few images validate. */
    static Split chosen(List<Pair> training, List<Pair> validation, String note) {
        long images = validation.stream()
                .map(pair -> PartNames.imageOf(pair.stem()))
                .distinct()
                .count();
        return new Split(training, validation, note + tooFew(images), Map.of());
    }

    /** A sentence behind the note where so few images cannot judge; otherwise nothing. */
    static String tooFew(long images) {
        return images >= ENOUGH
                ? ""
                : ". " + images + (images == 1 ? " validates" : " validate")
                        + ": too few to judge. Do not trust the figures; add images with masks";
    }
}
