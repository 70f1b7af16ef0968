package io.github.transfuse.settings;

import java.util.List;
import java.util.Optional;

/**
 * Which values a setting allows.
 *
 * @param kind type of the value
 * @param range smallest and largest number, for numbers
 * @param choices allowed words; for {@link Kind#NAMES} those that a list may hold
 * @param keyword a word allowed besides numbers, such as {@code auto} or {@code none}; empty if there is none
 * @param unit unit of a number, such as {@code px}; may be empty
 */
public record ValueSpec(Kind kind, Range range, List<String> choices, String keyword, String unit) {

    /** Type of a value. */
    public enum Kind {
        /** Any text, such as the name of a model or an image. */
        TEXT,
        /** A file, folder or pattern of files to read. */
        INPUT_PATH,
        /** A file or folder to write. */
        OUTPUT_PATH,
        /** One of the choices. */
        CHOICE,
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}; the key alone means true. */
        FLAG,
        /** {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1}, {@code mps}. */
        DEVICE,
        /** Numbers of channels, from 1: {@code 1,3}. */
        CHANNELS,
        /**
         * Width and height in pixels, multiples of 16: {@code 256x192}, or {@code 256} for both; for volumes and depth,
         * multiples of 4.
         */
        SIZE,
        /** Which pixel values become 0 and 1: see {@link ValueRange}. */
        VALUE_RANGE,
        /** Some of the choices, joined by commas. */
        NAMES,
        /** Numbers from 1 and ranges of them: {@code 1,4-6,9-}. */
        RANGES
    }

    /**
     * A range of numbers.
     *
     * @param min smallest
     * @param minIncluded whether the smallest itself is allowed
     * @param max largest
     * @param maxIncluded whether the largest itself is allowed
     */
    public record Range(double min, boolean minIncluded, double max, boolean maxIncluded) {
        /** All numbers. */
        public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);

        /** Both ends allowed. */
        public static Range closed(double min, double max) {
            return new Range(min, true, max, true);
        }

        /** Both ends excluded. */
        public static Range open(double min, double max) {
            return new Range(min, false, max, false);
        }

        /** The smallest allowed, the largest not. */
        public static Range halfOpen(double min, double max) {
            return new Range(min, true, max, false);
        }

        /** Whether the number is allowed. */
        public boolean contains(double value) {
            return (minIncluded ? value >= min : value > min) && (maxIncluded ? value <= max : value < max);
        }

        @Override
        public String toString() {
            return (minIncluded ? "at least " : "above ") + Numbers.text(min) + " and "
                    + (maxIncluded ? "at most " : "below ") + Numbers.text(max);
        }
    }

    /** Copies the list. */
    public ValueSpec {
        choices = List.copyOf(choices);
    }

    static ValueSpec of(Kind kind) {
        return new ValueSpec(kind, Range.ALL, List.of(), "", "");
    }

    static ValueSpec choice(String... choices) {
        return new ValueSpec(Kind.CHOICE, Range.ALL, List.of(choices), "", "");
    }

    static ValueSpec integer(double min, double max) {
        return new ValueSpec(Kind.INTEGER, Range.closed(min, max), List.of(), "", "");
    }

    static ValueSpec number(Range range) {
        return new ValueSpec(Kind.NUMBER, range, List.of(), "", "");
    }

    static ValueSpec names(String... names) {
        return new ValueSpec(Kind.NAMES, Range.ALL, List.of(names), "none", "");
    }

    ValueSpec or(String word) {
        return new ValueSpec(kind, range, choices, word, unit);
    }

    ValueSpec in(String of) {
        return new ValueSpec(kind, range, choices, keyword, of);
    }

    /** The keyword that stands for "choose for me" or "nothing", if there is one. */
    public Optional<String> word() {
        return keyword.isEmpty() ? Optional.empty() : Optional.of(keyword);
    }

    /** What is allowed, in words. */
    public String allowed() {
        return ValueReader.allowed(this);
    }

    /**
     * The normal spelling of a value: {@code 0.50} becomes {@code 0.5}, {@code AUTO} becomes {@code auto}.
     *
     * @param key of the setting, for the message
     * @throws SettingException naming the key, the value and what is allowed
     */
    public String normal(String key, String value) {
        return ValueReader.normal(this, value)
                .orElseThrow(() -> new SettingException(
                        key + " = '" + value + "' is not allowed: " + allowed() + "." + ofComma(value)));
    }

    /** In many countries people write 0,5; taken for it, 1,500 would be 1.5. */
    private String ofComma(String value) {
        String point = value.strip().replace(',', '.');
        boolean meant = kind == Kind.NUMBER
                && value.indexOf(',') >= 0
                && ValueReader.normal(this, point).isPresent();
        return meant ? " Write " + point + ", with a point." : "";
    }
}
