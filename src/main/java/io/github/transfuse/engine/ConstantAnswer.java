package io.github.transfuse.engine;

import java.util.Locale;

/**
 * The best answer to the validation images that does not look at them: one class for every pixel. A model that does not
 * beat it has learned nothing yet, however high its own figure is.
 *
 * @param words such as {@code everything foreground}
 * @param dice its mean Dice over the validation images, in [0, 1]
 */
public record ConstantAnswer(String words, double dice) {

    /** Said of a model that does not beat the answer. */
    public static final String NOTHING_LEARNED = "has learned nothing yet";

    private static final double SHOWN = 1e4;

    /** Whether a Dice is higher, as far as it is shown. */
    public boolean isBeatenBy(double other) {
        return Math.round(SHOWN * other) > Math.round(SHOWN * dice);
    }

    /** Whether nothing can beat it, such as where all validation images are empty. */
    public boolean isPerfect() {
        return Math.round(SHOWN * dice) >= Math.round(SHOWN);
    }

    /** What has to be said of a model with this Dice; empty if it beats the answer. */
    public String remark(double other) {
        if (isPerfect()) {
            return "these images cannot tell whether it has learned";
        }
        return isBeatenBy(other) ? "" : NOTHING_LEARNED;
    }

    /** Such as {@code everything foreground: 0.8890}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %.4f", words, dice);
    }
}
