package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Takes rows of a strip or tile apart into numbers of any width, and undoes predictors. */
final class TiffRows {
    private final int bits;
    private final int samples;
    private final int predictor;
    private final boolean big;

    /**
     * For the rows of a page.
     *
     * @param samples of a pixel that are beside each other
     */
    TiffRows(TiffPage page, ByteOrder order, int samples) throws IOException {
        bits = page.bits();
        this.samples = samples;
        predictor = page.predictor();
        big = order == ByteOrder.BIG_ENDIAN || predictor == 3;
        boolean known = predictor == 1 || predictor == 2 || (predictor == 3 && page.format() == TiffPage.Format.FLOAT);
        if (!known) {
            throw new TiffPage.KindException("predictor " + predictor + " for numbers of this kind");
        }
    }

    /** Reads as many numbers as the row has room for; bits of a number that are not used are zero. */
    void read(byte[] bytes, int from, long[] row) {
        byte[] source = bytes;
        int start = from;
        if (predictor == 3) {
            source = shuffled(bytes, from, row.length);
            start = 0;
        }
        if (bits % Byte.SIZE == 0) {
            wholeBytes(source, start, row);
        } else {
            parts(source, start, row);
        }
        if (predictor == 2) {
            long mask = bits == Long.SIZE ? -1 : (1L << bits) - 1;
            for (int i = samples; i < row.length; i++) {
                row[i] = row[i] + row[i - samples] & mask;
            }
        }
    }

    /** Differences of bytes, the first bytes of all numbers first. */
    private byte[] shuffled(byte[] bytes, int from, int count) {
        int size = bits / Byte.SIZE;
        byte[] sums = Arrays.copyOfRange(bytes, from, from + count * size);
        for (int i = samples; i < sums.length; i++) {
            sums[i] += sums[i - samples];
        }
        byte[] ordered = new byte[sums.length];
        for (int i = 0; i < count; i++) {
            for (int b = 0; b < size; b++) {
                ordered[i * size + b] = sums[b * count + i];
            }
        }
        return ordered;
    }

    private void wholeBytes(byte[] bytes, int from, long[] row) {
        int size = bits / Byte.SIZE;
        int at = from;
        for (int i = 0; i < row.length; i++) {
            long value = 0;
            for (int b = 0; b < size; b++) {
                long part = bytes[at + (big ? b : size - 1 - b)] & 0xff;
                value = value << 8 | part;
            }
            row[i] = value;
            at += size;
        }
    }

    private void parts(byte[] bytes, int from, long[] row) {
        long bit = 8L * from;
        for (int i = 0; i < row.length; i++) {
            long value = 0;
            for (int b = 0; b < bits; b++, bit++) {
                value = 2 * value + (bytes[(int) (bit >> 3)] >> (7 - (int) (bit & 7)) & 1);
            }
            row[i] = value;
        }
    }
}
