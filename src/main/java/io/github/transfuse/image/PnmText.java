package io.github.transfuse.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the words of a PNM one after the other; what follows a # is passed over. */
final class PnmText {
    private static final int DIGITS = 9;

    private final byte[] bytes;
    private int at;

    PnmText(byte... bytes) {
        this.bytes = bytes;
    }

    int at() {
        return at;
    }

    /** The digit of the mark at the begin. */
    int mark() throws IOException {
        at = 2;
        return bytes[1] - '0';
    }

    /** The next number. */
    int number() throws IOException {
        skip();
        int value = 0;
        int first = at;
        while (at < bytes.length && isDigit()) {
            value = 10 * value + bytes[at++] - '0';
            if (at - first > DIGITS) {
                throw new IOException("a number is too long");
            }
        }
        if (at == first) {
            throw at == bytes.length ? new EOFException() : new IOException("a number is missing");
        }
        return value;
    }

    /** The next digit, 0 or 1, which need not be apart from others. */
    int bit() throws IOException {
        skip();
        if (at == bytes.length) {
            throw new EOFException();
        }
        int bit = bytes[at++] - '0';
        if (bit < 0 || bit > 1) {
            throw new IOException("a pixel is neither 0 nor 1");
        }
        return bit;
    }

    /** The rest of this line. */
    String line() throws IOException {
        int first = at;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        if (at == bytes.length) {
            throw new EOFException();
        }
        return new String(bytes, first, at++ - first, StandardCharsets.ISO_8859_1).strip();
    }

    /** The one character between the header and pixels that are no text. */
    void skipBlank() throws IOException {
        if (at == bytes.length || !isBlank()) {
            throw new IOException("its header does not end");
        }
        at++;
    }

    /** Whether nothing but blanks and remarks follow. */
    boolean isAtEnd() {
        skip();
        return at == bytes.length;
    }

    private void skip() {
        while (at < bytes.length && (isBlank() || bytes[at] == '#')) {
            if (bytes[at] == '#') {
                while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
                    at++;
                }
            } else {
                at++;
            }
        }
    }

    private boolean isBlank() {
        return bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r');
    }

    private boolean isDigit() {
        return bytes[at] >= '0' && bytes[at] <= '9';
    }
}
