package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes a scan of JPEG-LS row by row: by the differences of its neighbours a sample belongs to a context, which has learned
 * how such samples differ from the predicted ones; where neighbours are alike, samples are counted (ITU-T T.87, annex A).
 */
final class JpegLsScan {
    private static final int CONTEXTS = 365;
    private static final int MAX_CORRECTION = 127;
    private static final int MAX_K = 24;
    private static final int[] RUN_BITS = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private final JpegLsCoding coding;
    private final StuffedBits bits;
    private final int columns;
    private final int errorBits;
    private final int longest;

    /** Of contexts, and of the two in which runs end: sizes of errors, their sum, correction, samples, negative ones. */
    private final int[] sizes = new int[CONTEXTS + 2];

    private final int[] sums = new int[CONTEXTS];
    private final int[] corrections = new int[CONTEXTS];
    private final int[] counts = new int[CONTEXTS + 2];
    private final int[] negatives = new int[2];
    private final int[] runs;
    private final int[] found;

    /**
     * At the beginning of a scan.
     *
     * @param in behind its header
     * @param parts components of the scan
     */
    JpegLsScan(JpegLsCoding coding, ByteBuffer in, int columns, int parts) {
        this.coding = coding;
        this.columns = columns;
        bits = new StuffedBits(in);
        errorBits = coding.errorBits();
        longest = coding.longest();
        runs = new int[parts];
        found = new int[parts];
        Arrays.fill(sizes, Math.max(2, (coding.range() + 32) / 64));
        Arrays.fill(counts, 1);
    }

    /**
     * Decodes a row, of one component or, where samples alternate, of all.
     *
     * @param above the row above for each component, with one sample more on both sides; zeros at first
     * @param row likewise
     * @param part number of the component
     */
    void row(int[][] above, int[][] row, int part) throws IOException {
        for (int s = 0; s < row.length; s++) {
            row[s][0] = above[s][1];
            above[s][columns + 1] = above[s][columns];
        }
        int x = 1;
        while (x <= columns) {
            boolean flat = true;
            for (int s = 0; s < row.length; s++) {
                found[s] = context(above[s], row[s], x);
                flat &= found[s] == 0;
            }
            if (flat) {
                x = run(above, row, x, part);
            } else {
                for (int s = 0; s < row.length; s++) {
                    row[s][x] = regular(found[s], predicted(above[s], row[s], x));
                }
                x++;
            }
        }
    }

    /** Below 0 if all differences change their signs. */
    private int context(int[] above, int[] row, int x) {
        return 81 * coding.quantized(above[x + 1] - above[x])
                + 9 * coding.quantized(above[x] - above[x - 1])
                + coding.quantized(above[x - 1] - row[x - 1]);
    }

    /** Follows an edge to the left or above, else the slope. */
    private static int predicted(int[] above, int[] row, int x) {
        int low = Math.min(row[x - 1], above[x]);
        int high = Math.max(row[x - 1], above[x]);
        int corner = above[x - 1];
        return corner >= high ? low : corner <= low ? high : low + high - corner;
    }

    private int regular(int signed, int predicted) throws IOException {
        int q = Math.abs(signed);
        int sign = signed < 0 ? -1 : 1;
        int corrected = coding.clamped(predicted + sign * corrections[q]);
        int k = k(counts[q], sizes[q]);
        int code = bits.golomb(k, longest - errorBits - 1, errorBits);
        boolean turned = coding.near() == 0 && k == 0 && 2 * sums[q] <= -counts[q];
        int error = (code & 1) == 0 ? code / 2 : -(code + 1) / 2;
        learn(q, turned ? -1 - error : error);
        return coding.sample(corrected, sign * (turned ? -1 - error : error));
    }

    private static int k(int count, int size) throws IOException {
        int k = 0;
        while (count << k < size) {
            k++;
            if (k > MAX_K) {
                throw new IOException("a JPEG-LS stream has errors that are too large");
            }
        }
        return k;
    }

    private void learn(int q, int error) {
        sums[q] += error * coding.step();
        sizes[q] += Math.abs(error);
        if (counts[q] == coding.reset()) {
            sizes[q] >>= 1;
            sums[q] >>= 1;
            counts[q] >>= 1;
        }
        counts[q]++;
        if (sums[q] <= -counts[q]) {
            sums[q] = Math.max(sums[q] + counts[q], 1 - counts[q]);
            corrections[q] = Math.max(corrections[q] - 1, -MAX_CORRECTION - 1);
        } else if (sums[q] > 0) {
            sums[q] = Math.min(sums[q] - counts[q], 0);
            corrections[q] = Math.min(corrections[q] + 1, MAX_CORRECTION);
        }
    }

    /** Samples as the one to the left, up to one that differs or the end of the row; gives where to go on. */
    private int run(int[][] above, int[][] row, int from, int part) throws IOException {
        int x = from;
        while (x <= columns) {
            int left = columns + 1 - x;
            int length = 1 << RUN_BITS[runs[part]];
            boolean whole = bits.bit() == 1;
            int count = whole ? Math.min(length, left) : bits.bits(RUN_BITS[runs[part]]);
            if (!whole && count >= left) {
                throw new IOException("a JPEG-LS stream has a row that is too long");
            }
            for (int[] samples : row) {
                Arrays.fill(samples, x, x + count, samples[x - 1]);
            }
            x += count;
            if (!whole) {
                for (int s = 0; s < row.length; s++) {
                    row[s][x] = interrupting(row[s][x - 1], above[s][x], row.length == 1, RUN_BITS[runs[part]]);
                }
                runs[part] = Math.max(0, runs[part] - 1);
                return x + 1;
            }
            runs[part] = count == length ? Math.min(RUN_BITS.length - 1, runs[part] + 1) : runs[part];
        }
        return x;
    }

    private int interrupting(int left, int above, boolean alone, int runBits) throws IOException {
        int alike = alone && Math.abs(left - above) <= coding.near() ? 1 : 0;
        int q = CONTEXTS + alike;
        int k = k(counts[q], sizes[q] + alike * (counts[q] >> 1));
        int code = bits.golomb(k, longest - runBits - 1 - errorBits - 1, errorBits);
        int odd = (code + alike) & 1;
        int size = (code + alike + odd) / 2;
        boolean negative = (k != 0 || 2 * negatives[alike] >= counts[q]) == (odd == 1);
        if (negative && size > 0) {
            negatives[alike]++;
        }
        sizes[q] += (code + 1 - alike) >> 1;
        if (counts[q] == coding.reset()) {
            sizes[q] >>= 1;
            counts[q] >>= 1;
            negatives[alike] >>= 1;
        }
        counts[q]++;
        int error = negative ? -size : size;
        int turned = alike == 0 && left > above ? -error : error;
        return coding.sample(alike == 1 ? left : above, turned);
    }
}
