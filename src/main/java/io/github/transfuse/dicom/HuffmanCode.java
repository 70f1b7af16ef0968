package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Codes of lengths of differences. */
final class HuffmanCode {
    private static final int MAX_LENGTH = 16;

    private final int[] counts = new int[MAX_LENGTH + 1];
    private final byte[] lengths;

    private HuffmanCode(ByteBuffer in) throws IOException {
        int total = 0;
        for (int i = 1; i <= MAX_LENGTH; i++) {
            counts[i] = in.get() & 0xff;
            total += counts[i];
        }
        if (total > in.remaining()) {
            throw new IOException("a table of a JPEG stream ends too early");
        }
        lengths = new byte[total];
        in.get(lengths);
    }

    static HuffmanCode read(ByteBuffer in) throws IOException {
        return new HuffmanCode(in);
    }

    /** Reads the code of a length, and as many bits: by what a sample differs from the predicted one. */
    int difference(BitInput bits) throws IOException {
        int length = length(bits);
        if (length == 0) {
            return 0;
        }
        if (length == MAX_LENGTH) {
            return 1 << (Short.SIZE - 1);
        }
        int value = bits.bits(length);
        return value < (1 << (length - 1)) ? value - (1 << length) + 1 : value;
    }

    private int length(BitInput bits) throws IOException {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int i = 1; i <= MAX_LENGTH; i++) {
            code |= bits.bit();
            if (code - first < counts[i]) {
                int length = lengths[index + code - first];
                if (length < 0 || length > MAX_LENGTH) {
                    throw new IOException("a table of a JPEG stream has a length of " + length);
                }
                return length;
            }
            index += counts[i];
            first = (first + counts[i]) << 1;
            code <<= 1;
        }
        throw new IOException("a JPEG stream has a code that it does not define");
    }
}
