package io.github.transfuse.weights;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.StringReader;
import java.util.Locale;

/**
 * Readers of JSON that take nothing but JSON. Gson has that since 2.11, but Fiji brings 2.10, whose readers let three things
 * pass: words such as {@code True}, control characters in strings, and escapes that JSON does not have.
 */
public final class StrictJson {
    private static final String ESCAPED = "\"\\/bfnrtu";
    private static final char FIRST_PRINTED = ' ';

    private StrictJson() {}

    /**
     * A reader at the start of the text.
     *
     * @throws MalformedJsonException saying what is no JSON, and where, for what Gson would let pass; all else is refused by
     *     the reader
     */
    public static JsonReader reader(String text) throws MalformedJsonException {
        boolean inString = false;
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == '"') {
                inString = !inString;
            } else if (!inString) {
                at = afterWord(text, at);
            } else if (here == '\\') {
                at = escaped(text, at);
            } else if (here < FIRST_PRINTED) {
                throw bad("a control character in a string", at);
            }
        }
        return new JsonReader(new StringReader(text));
    }

    /** What is wrong with a text, in one line: Gson's words quote the file, and end in an address for programmers. */
    public static String reason(Exception failure) {
        String said = String.valueOf(failure.getMessage());
        int address = said.indexOf("\nSee http");
        return Reasons.shortened(address < 0 ? said : said.substring(0, address));
    }

    private static int escaped(String text, int at) throws MalformedJsonException {
        if (at + 1 == text.length() || ESCAPED.indexOf(text.charAt(at + 1)) < 0) {
            throw bad("an escape that JSON does not have", at);
        }
        return at + 1;
    }

    /** The last character of the word that starts here; where none does, the character here. */
    private static int afterWord(String text, int at) throws MalformedJsonException {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String word = text.substring(at, end);
        boolean exponent = word.equalsIgnoreCase("e");
        if (!exponent && !word.equals(word.toLowerCase(Locale.ROOT))) {
            throw bad("'" + word + "'", at);
        }
        return Math.max(at, end - 1);
    }

    private static MalformedJsonException bad(String what, int at) {
        return new MalformedJsonException("there is " + what + " at character " + (at + 1));
    }
}
