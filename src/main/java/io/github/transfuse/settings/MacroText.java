package io.github.transfuse.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * ImageJ's macro options: {@code key=value other=[value with spaces] flag}. A value in brackets reaches to the bracket
 * that closes it, as in ImageJ, so brackets within must be balanced.
 */
final class MacroText {
    private final String text;
    private int at;

    private MacroText(String text) {
        this.text = text;
    }

    /**
     * Reads the options in their order; a key alone has the value {@code true}.
     *
     * @throws SettingException if a bracket is not closed or a key is given twice
     */
    static Map<String, String> read(String text) {
        return new MacroText(text).read();
    }

    private Map<String, String> read() {
        Map<String, String> values = new LinkedHashMap<>();
        for (skipSpace(); at < text.length(); skipSpace()) {
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String key = SettingSpec.normalKey(text.substring(start, at));
            if (values.put(key, value()) != null) {
                throw new SettingException("The setting '" + key + "' is given twice in: " + text);
            }
        }
        return values;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String value() {
        if (at >= text.length() || text.charAt(at) != '=') {
            return "true";
        }
        at++;
        if (at < text.length() && text.charAt(at) == '[') {
            return bracketed();
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String bracketed() {
        int start = ++at;
        for (int open = 1; at < text.length(); at++) {
            open += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' ? -1 : 0;
            if (open == 0) {
                return text.substring(start, at++);
            }
        }
        throw new SettingException("The bracket is not closed in: " + text.substring(start - 1));
    }

    /** Writes options so that {@link #read} and ImageJ read the same. */
    static String write(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String value) {
        boolean plain =
                !value.isEmpty() && value.charAt(0) != '[' && value.chars().noneMatch(Character::isWhitespace);
        return plain ? value : "[" + value + "]";
    }
}
