package io.github.transfuse.files;

/** A cell of a file of comma-separated values (RFC 4180). */
public final class CsvCell {
    private static final String FORMULA = "=+-@\t\r";

    private CsvCell() {}

    /**
     * Text as a cell. What a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text: names
     * of files and classes come from others.
     */
    public static String of(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
