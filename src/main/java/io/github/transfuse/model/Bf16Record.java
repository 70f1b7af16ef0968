package io.github.transfuse.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model records of its results in bf16 beside those in float32, among the {@code checks} of its {@code model.json}.
 *
 * @param dice Dice of the labels in bf16 against those in float32
 * @param images on so many
 * @param score the task's own score in both; empty in models of before
 */
public record Bf16Record(double dice, int images, Optional<Score> score) {
    /** Least Dice at which labels count as the same, whatever the task. */
    static final double MIN_DICE = 0.999;

    /** Largest loss of the task's own score that counts as none. */
    static final double MAX_LOSS = 0.002;

    /** Fewer images tell too little of a score. */
    static final int MIN_IMAGES = 30;

    private static final String DICE = "bf16_dice";
    private static final String IMAGES = "bf16_n";
    private static final String NAME = "bf16_score_name";
    private static final String EXACT = "bf16_score_float32";
    private static final String ROUNDED = "bf16_score";

    /**
     * A score against the truth.
     *
     * @param name such as {@code object F1@0.5}
     * @param exact in float32
     * @param rounded in bf16
     */
    public record Score(String name, double exact, double rounded) {}

    /** What is recorded; empty if nothing is, or no number. */
    public static Optional<Bf16Record> of(JsonObject checks) {
        Optional<Double> dice = number(checks, DICE);
        Optional<Double> exact = number(checks, EXACT);
        Optional<Double> rounded = number(checks, ROUNDED);
        Optional<Score> score = exact.isPresent() && rounded.isPresent() && checks.has(NAME)
                ? Optional.of(new Score(checks.get(NAME).getAsString(), exact.get(), rounded.get()))
                : Optional.empty();
        return dice.map(value -> new Bf16Record(
                value, number(checks, IMAGES).map(Double::intValue).orElse(0), score));
    }

    private static Optional<Double> number(JsonObject checks, String name) {
        JsonElement value = checks.get(name);
        return value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isNumber()
                ? Optional.of(value.getAsDouble())
                : Optional.empty();
    }

    /** Records it, in the place of what was there. */
    public void writeTo(JsonObject checks) {
        checks.addProperty(DICE, dice);
        checks.addProperty(IMAGES, images);
        checks.remove(NAME);
        checks.remove(EXACT);
        checks.remove(ROUNDED);
        score.ifPresent(it -> {
            checks.addProperty(NAME, it.name);
            checks.addProperty(EXACT, it.exact);
            checks.addProperty(ROUNDED, it.rounded);
        });
    }

    /** Whether bf16 may take the place of float32 unasked: the labels are the same, or the score is, on enough images. */
    public boolean isTrusted() {
        return dice >= MIN_DICE
                || (images >= MIN_IMAGES && score.filter(Bf16Record::keeps).isPresent());
    }

    private static boolean keeps(Score score) {
        return score.exact - score.rounded <= MAX_LOSS;
    }

    /** The figures, all of them. */
    public String told() {
        return String.format(Locale.ROOT, "Dice %.5f against float32 on %d images", dice, images)
                + score.map(both -> String.format(
                                Locale.ROOT, "; %s %.4f, in float32 %.4f", both.name, both.rounded, both.exact))
                        .orElse("");
    }

    /** The figures, for a sentence that begins with what was chosen because of them. */
    public String words() {
        String agreement = String.format(Locale.ROOT, "bf16_dice %.5f", dice);
        if (dice >= MIN_DICE || score.isEmpty()) {
            return isTrusted() ? agreement : agreement + ", less than " + MIN_DICE;
        }
        Score both = score.get();
        String told = String.format(
                Locale.ROOT,
                "%s %.4f in bf16 and %.4f in float32 on %d images",
                both.name,
                both.rounded,
                both.exact,
                images);
        if (isTrusted()) {
            return told;
        }
        return keeps(both) ? told + ", fewer than " + MIN_IMAGES : told + ", more than " + MAX_LOSS + " less";
    }
}
