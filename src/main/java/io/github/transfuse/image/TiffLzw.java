package io.github.transfuse.image;

import java.io.IOException;

/** Unpacks LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first, widened one code early. */
final class TiffLzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int TABLE = 4096;

    private final byte[] stored;
    private final byte[] out;
    private final int[] starts = new int[TABLE + 1];
    private final int[] lengths = new int[TABLE + 1];
    private int done;
    private int next = END + 1;
    private int width = 9;
    private long bit;

    TiffLzw(byte[] stored, int most) {
        this.stored = stored;
        out = new byte[most];
    }

    byte[] out() {
        return out;
    }

    /** Bytes behind the last code. */
    long left() {
        return stored.length - (bit + 7) / 8;
    }

    /**
     * Decodes until the end code, the end of the bytes or the most bytes of output.
     *
     * @return the number of bytes, one more than the most if a code stands for too many
     * @throws IOException if a code cannot be
     */
    int decode() throws IOException {
        int last = -1;
        for (int code = code(); code >= 0 && code != END; code = code()) {
            if (code == CLEAR) {
                next = END + 1;
                width = 9;
                last = -1;
            } else {
                if (!append(code, last)) {
                    return out.length + 1;
                }
                last = code;
                if (done == out.length) {
                    return finish();
                }
            }
        }
        return done;
    }

    /** What follows the last pixel is the end code, perhaps after a clearing one. */
    private int finish() {
        long before = bit;
        int code = code();
        if (code == CLEAR) {
            width = 9;
            code = code();
        }
        if (code != END) {
            bit = before;
        }
        return done;
    }

    private boolean append(int code, int last) throws IOException {
        boolean known = code < CLEAR || (code > END && code < next);
        if (!known && (last < 0 || code != next)) {
            throw new IOException("a strip has the code " + code + ", which its LZW table lacks");
        }
        int begin = done;
        int length = code < CLEAR ? 1 : known ? lengths[code] : length(last) + 1;
        if (length > out.length - done) {
            return false;
        }
        if (code < CLEAR) {
            out[done++] = (byte) code;
        } else {
            int from = known ? starts[code] : begin - length(last);
            for (int i = 0; i < length; i++) {
                out[done++] = out[from + i];
            }
        }
        if (last >= 0 && next < TABLE) {
            // A string is the one of the code before and the first byte of this one, which follows it in the output
            starts[next] = begin - length(last);
            lengths[next] = length(last) + 1;
            next++;
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }
        return true;
    }

    private int length(int code) {
        return code < CLEAR ? 1 : lengths[code];
    }

    /** The next code; -1 at the end. */
    private int code() {
        if (bit + width > 8L * stored.length) {
            bit = 8L * stored.length;
            return -1;
        }
        int value = 0;
        int at = (int) (bit >> 3);
        for (int i = 0; i < 3; i++) {
            value = value << 8 | (at + i < stored.length ? stored[at + i] & 0xff : 0);
        }
        int code = value >> (24 - width - (int) (bit & 7)) & (1 << width) - 1;
        bit += width;
        return code;
    }
}
