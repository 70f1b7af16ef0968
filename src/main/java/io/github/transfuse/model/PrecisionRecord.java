package io.github.transfuse.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model records of its results in a short number format beside those in float32, among the {@code checks} of its
 * {@code model.json}.
 *
 * @param format {@link #BF16} or {@link #INT8}
 * @param dice Dice of the labels in this format against those in float32
 * @param images on so many
 * @param score the task's own score in both; empty in models of before
 */
public record PrecisionRecord(String format, double dice, int images, Optional<Score> score) {
    /** The upper half of a float32. */
    public static final String BF16 = "bf16";

    /** Whole numbers of 8 bits. */
    public static final String INT8 = "int8";

    /** Least Dice at which labels count as the same, whatever the task. */
    static final double MIN_DICE = 0.999;

    /** Largest loss of the task's own score that counts as none. */
    static final double MAX_LOSS = 0.002;

    /** Fewer images tell too little of a score. */
    static final int MIN_IMAGES = 30;

    private static final String DICE = "_dice";
    private static final String IMAGES = "_n";
    private static final String NAME = "_score_name";
    private static final String EXACT = "_score_float32";
    private static final String ROUNDED = "_score";

    /**
     * A score against the truth.
     *
     * @param name such as {@code object F1@0.5}
     * @param exact in float32
     * @param rounded in the format
     */
    public record Score(String name, double exact, double rounded) {}

    /** What is recorded of a format; empty if nothing is, or no number. */
    public static Optional<PrecisionRecord> of(String format, JsonObject checks) {
        Optional<Double> dice = number(checks, format + DICE);
        Optional<Double> exact = number(checks, format + EXACT);
        Optional<Double> rounded = number(checks, format + ROUNDED);
        Optional<Score> score = exact.isPresent() && rounded.isPresent() && checks.has(format + NAME)
                ? Optional.of(new Score(checks.get(format + NAME).getAsString(), exact.get(), rounded.get()))
                : Optional.empty();
        return dice.map(value -> new PrecisionRecord(
                format,
                value,
                number(checks, format + IMAGES).map(Double::intValue).orElse(0),
                score));
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
        checks.addProperty(format + DICE, dice);
        checks.addProperty(format + IMAGES, images);
        checks.remove(format + NAME);
        checks.remove(format + EXACT);
        checks.remove(format + ROUNDED);
        score.ifPresent(it -> {
            checks.addProperty(format + NAME, it.name);
            checks.addProperty(format + EXACT, it.exact);
            checks.addProperty(format + ROUNDED, it.rounded);
        });
    }

    /**
     * Whether the format may take the place of float32 unasked: the score is the same on enough images. For bf16, which
     * rounds every number by the same share, it is enough that the labels are the same.
     */
    public boolean isTrusted() {
        return sameLabels()
                || (images >= MIN_IMAGES && score.filter(PrecisionRecord::keeps).isPresent());
    }

    private boolean sameLabels() {
        return dice >= MIN_DICE && format.equals(BF16);
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
        String agreement = String.format(Locale.ROOT, "%s_dice %.5f", format, dice);
        if (sameLabels()) {
            return agreement;
        }
        if (score.isEmpty()) {
            return agreement + (dice < MIN_DICE ? ", less than " + MIN_DICE : " without a score");
        }
        Score both = score.get();
        String told = String.format(
                Locale.ROOT,
                "%s %.4f in %s and %.4f in float32 on %d images",
                both.name,
                both.rounded,
                format,
                both.exact,
                images);
        if (isTrusted()) {
            return told;
        }
        return keeps(both) ? told + ", fewer than " + MIN_IMAGES : told + ", more than " + MAX_LOSS + " less";
    }
}
