package io.github.transfuse.settings;

import io.github.transfuse.engine.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the values of settings and brings them into their normal spelling. */
final class ValueReader {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5})(?:x(\\d{1,5}))?)?");
    private static final int PATCH = 16;
    /** The least that volumes are divided by. */
    private static final int PATCH_OF_VOLUMES = 4;

    private static final int MAX_CHANNEL = 99_999;

    private ValueReader() {}

    /** The normal spelling, or empty if the value is not allowed. */
    static Optional<String> normal(ValueSpec spec, String value) {
        String text = value.strip();
        if (!spec.keyword().isEmpty() && spec.keyword().equalsIgnoreCase(text)) {
            return Optional.of(spec.keyword());
        }
        return switch (spec.kind()) {
            case TEXT, INPUT_PATH, OUTPUT_PATH -> Optional.of(text).filter(ValueReader::writable);
            case CHOICE -> choice(spec.choices(), text);
            case FLAG -> choice(List.of("true", "false"), text);
            case INTEGER -> integer(spec, text);
            case NUMBER -> number(spec, text);
            case DEVICE -> device(text);
            case CHANNELS -> channels(text);
            case SIZE -> size(text);
            case VALUE_RANGE -> ValueRange.read(text.toLowerCase(Locale.ROOT)).map(ValueRange::toString);
            case NAMES -> names(spec, text);
            case RANGES -> Ranges.read(text).map(Ranges::toString);
        };
    }

    /** Texts whose brackets are not balanced cannot be written in a macro, which knows no other quotes. */
    private static boolean writable(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }

    private static Optional<String> choice(List<String> choices, String text) {
        return choices.stream().filter(c -> c.equalsIgnoreCase(text)).findFirst();
    }

    private static Optional<String> integer(ValueSpec spec, String text) {
        try {
            long number = Long.parseLong(text);
            return spec.range().contains((double) number) ? Optional.of(Long.toString(number)) : Optional.empty();
        } catch (NumberFormatException e) {
            // ImageJ's recorder writes whole numbers from sliders as 3.0
            return text.endsWith(".0") ? integer(spec, text.substring(0, text.length() - 2)) : Optional.empty();
        }
    }

    private static Optional<String> number(ValueSpec spec, String text) {
        try {
            double number = Double.parseDouble(text);
            boolean plain = Double.isFinite(number) && !Character.isLetter(text.charAt(text.length() - 1));
            return plain && spec.range().contains(number) ? Optional.of(Numbers.text(number)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> device(String text) {
        try {
            Device device = Device.of(text);
            return Optional.of(device.index() == 0 ? device.kind().name().toLowerCase(Locale.ROOT) : device.toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> channels(String text) {
        return Ranges.expanded(text, MAX_CHANNEL);
    }

    private static Optional<String> size(String text) {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT).replaceAll("\\s", ""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(matcher.group(1));
        int height = matcher.group(2) == null ? width : Integer.parseInt(matcher.group(2));
        boolean volume = matcher.group(3) != null;
        int depth = volume ? Integer.parseInt(matcher.group(3)) : PATCH;
        int patch = volume ? PATCH_OF_VOLUMES : PATCH;
        boolean allowed = IntStream.of(width, height, depth).allMatch(length -> length > 0 && length % patch == 0);
        return allowed ? Optional.of(width + "x" + height + (volume ? "x" + depth : "")) : Optional.empty();
    }

    private static Optional<String> names(ValueSpec spec, String text) {
        List<String> given = Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
        if (!spec.choices().containsAll(given)) {
            return Optional.empty();
        }
        return Optional.of(
                spec.choices().stream().filter(new TreeSet<>(given)::contains).collect(Collectors.joining(",")));
    }

    static String allowed(ValueSpec spec) {
        String words =
                switch (spec.kind()) {
                    case TEXT, INPUT_PATH, OUTPUT_PATH -> "a text with balanced brackets";
                    case CHOICE -> "one of " + String.join(", ", spec.choices());
                    case FLAG -> "true or false";
                    case INTEGER -> "a whole number " + spec.range();
                    case NUMBER -> "a number " + spec.range();
                    case DEVICE -> "auto, cpu, cuda, cuda:1 (and so on) or mps";
                    case CHANNELS -> "numbers of channels from 1, joined by commas, such as 1,3 or 2-4";
                    case RANGES -> "numbers from 1 and ranges, such as 1,4-6 or 9- (from 9 to the last)";
                    case SIZE ->
                        "width x height in multiples of 16, such as 256x192 (for volumes x depth, in multiples of 4)";
                    case VALUE_RANGE ->
                        "percentiles such as 1-99.8, pixel values such as range:0-4095, folder, or folder:1-99.8";
                    case NAMES -> "some of " + String.join(",", spec.choices()) + " joined by commas";
                };
        String unit = spec.unit().isEmpty() ? "" : " (" + spec.unit() + ")";
        return words + unit + spec.word().map(word -> ", or " + word).orElse("");
    }
}
