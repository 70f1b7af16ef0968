package io.github.transfuse.dicom;

import java.io.IOException;

/**
 * The numbers by which a scan of JPEG-LS is coded (ITU-T T.87, annex C).
 *
 * @param max the largest sample
 * @param near by which samples may differ from those that were packed
 * @param first difference of neighbours from which it counts as large; two larger ones follow
 * @param reset samples of a context after which older ones count half
 */
record JpegLsCoding(int max, int near, int first, int second, int third, int reset) {
    private static final int RESET = 64;
    private static final int MAX_NEAR = 255;

    /**
     * What a stream says.
     *
     * @param precision bits of a sample
     * @param preset largest sample, three differences, reset: 0 is the usual one
     * @throws IOException if these numbers contradict each other
     */
    static JpegLsCoding of(int precision, int near, int... preset) throws IOException {
        int most = (1 << precision) - 1;
        int max = preset[0] == 0 ? most : preset[0];
        if (max > most || near > Math.min(MAX_NEAR, max / 2)) {
            throw new IOException(
                    "a JPEG-LS stream of " + precision + " bits has samples up to " + max + ", changed by " + near);
        }
        int[] usual = usual(max, near);
        int[] limits = new int[3];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = preset[i + 1] == 0 ? usual[i] : preset[i + 1];
            if (limits[i] < (i == 0 ? near + 1 : limits[i - 1]) || limits[i] > max) {
                throw new IOException("a JPEG-LS stream has a limit of " + limits[i]);
            }
        }
        int reset = preset[4] == 0 ? RESET : preset[4];
        if (reset < 3) {
            throw new IOException("a JPEG-LS stream forgets after " + reset + " samples");
        }
        return new JpegLsCoding(max, near, limits[0], limits[1], limits[2], reset);
    }

    private static int[] usual(int max, int near) {
        int[] basic = {3, 7, 21};
        int[] usual = new int[basic.length];
        int below = near + 1;
        for (int i = 0; i < basic.length; i++) {
            int least = i + 2;
            int wider = (2 * i + 3) * near;
            int limit;
            if (max >= 128) {
                int factor = (Math.min(max, 4095) + 128) / 256;
                limit = factor * (basic[i] - least) + least + wider;
            } else {
                limit = Math.max(least, basic[i] / (256 / (max + 1)) + wider);
            }
            usual[i] = limit > max || limit < below ? below : limit;
            below = usual[i];
        }
        return usual;
    }

    /** From one error that can be stored to the next. */
    int step() {
        return 2 * near + 1;
    }

    /** How many errors there are. */
    int range() {
        return (max + 2 * near) / step() + 1;
    }

    /** Bits of an error. */
    int errorBits() {
        return bits(range() - 1);
    }

    /** Bits of the longest code. */
    int longest() {
        int bits = Math.max(2, bits(max));
        return 2 * (bits + Math.max(Byte.SIZE, bits));
    }

    private static int bits(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    /** The class of a difference of neighbours: -4 to 4. */
    int quantized(int difference) {
        int size = Math.abs(difference);
        int level = size <= near ? 0 : size < first ? 1 : size < second ? 2 : size < third ? 3 : 4;
        return difference < 0 ? -level : level;
    }

    /** The sample that differs from the predicted one by so many steps, which go round in a circle. */
    int sample(int predicted, int error) {
        int value = predicted + error * step();
        if (value < -near) {
            value += range() * step();
        } else if (value > max + near) {
            value -= range() * step();
        }
        return clamped(value);
    }

    int clamped(int value) {
        return Math.max(0, Math.min(max, value));
    }
}
