package io.github.transfuse.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pixel values a model sees as 0 and 1, instead of those that it would choose itself. Written {@code 1-99.8},
 * {@code range:0-4095}, {@code folder} or {@code folder:1-99.8}.
 *
 * @param kind what the two numbers are
 * @param low of what becomes 0
 * @param high of what becomes 1, above {@code low}
 */
public record ValueRange(Kind kind, double low, double high) {
    /** Percentiles of images whose models have none of their own, as in training. */
    private static final double USUAL_LOW = 1;

    private static final double USUAL_HIGH = 99.8;
    private static final String FOLDER = "folder";
    private static final String NUMBER = "([-+]?\\d{1,15}(?:\\.\\d{1,15})?)";
    private static final Pattern FORM =
            Pattern.compile("(?:(range|folder)\\s*:\\s*)?" + NUMBER + "\\s*(?:-|\\.\\.)\\s*" + NUMBER);

    /** What the numbers are. */
    public enum Kind {
        /** Percentiles of each image and channel. */
        PERCENTILES,
        /** Pixel values, for all images. */
        RANGE,
        /** Percentiles of all files of a run together. */
        FOLDER
    }

    /** The value of a text; empty if it is none. */
    static Optional<ValueRange> read(String text) {
        if (text.equals(FOLDER)) {
            return Optional.of(new ValueRange(Kind.FOLDER, USUAL_LOW, USUAL_HIGH));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Kind kind = form.group(1) == null ? Kind.PERCENTILES : FOLDER.equals(form.group(1)) ? Kind.FOLDER : Kind.RANGE;
        double low = Double.parseDouble(form.group(2));
        double high = Double.parseDouble(form.group(3));
        boolean allowed = low < high && (kind == Kind.RANGE || (low >= 0 && high <= 100));
        return allowed ? Optional.of(new ValueRange(kind, low, high)) : Optional.empty();
    }

    /**
     * The value of a text in its normal spelling.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ValueRange of(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** The normal spelling. */
    @Override
    public String toString() {
        boolean usual = low == USUAL_LOW && high == USUAL_HIGH;
        String numbers = Numbers.text(low) + (high < 0 ? ".." : "-") + Numbers.text(high);
        return switch (kind) {
            case PERCENTILES -> numbers;
            case RANGE -> "range:" + numbers;
            case FOLDER -> usual ? FOLDER : FOLDER + ":" + numbers;
        };
    }
}
