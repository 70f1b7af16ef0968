package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bits of a scan of JPEG-LS, up to its next marker: behind a byte of ones, the next has seven bits that count. */
final class StuffedBits {
    private static final int ONES = 0xff;

    private final ByteBuffer in;
    private int last;
    private int count;

    StuffedBits(ByteBuffer in) {
        this.in = in;
    }

    /** The next bit. */
    int bit() throws IOException {
        if (count == 0) {
            fill();
        }
        count--;
        return (last >> count) & 1;
    }

    /** The next bits as a number. */
    int bits(int wanted) throws IOException {
        int value = 0;
        for (int i = 0; i < wanted; i++) {
            value = (value << 1) | bit();
        }
        return value;
    }

    /**
     * A number by Golomb's code of limited length.
     *
     * @param k lower bits that are stored as they are
     * @param longest zeros before a one, behind which the whole number follows
     * @param whole its bits there
     */
    int golomb(int k, int longest, int whole) throws IOException {
        int zeros = 0;
        while (bit() == 0) {
            zeros++;
            if (zeros > longest) {
                throw new IOException("a JPEG-LS stream has a code that is too long");
            }
        }
        return zeros < longest ? (zeros << k) | bits(k) : bits(whole) + 1;
    }

    private void fill() throws IOException {
        if (!in.hasRemaining()) {
            throw new IOException("a JPEG-LS stream ends too early");
        }
        boolean shorter = last == ONES;
        last = in.get() & ONES;
        count = shorter ? Byte.SIZE - 1 : Byte.SIZE;
        if (shorter && last >= 1 << count) {
            throw new IOException("a JPEG-LS stream has a marker within its pixels");
        }
    }
}
