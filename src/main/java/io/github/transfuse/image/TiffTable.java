package io.github.transfuse.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * The colour table of a page.
 *
 * @param bytes red, green and blue, 0 to 255, by index
 */
record TiffTable(byte[][] bytes) {

    static TiffTable of(TiffPage page) throws IOException {
        long[] stored = page.directory().numbers(TiffDirectory.COLORS);
        requireAlone(page);
        int size = 1 << page.bits();
        if (page.bits() > 16 || stored.length != 3 * size) {
            throw new IOException("a colour table of " + stored.length + " values for " + page.bits() + " bits");
        }
        // Some programs write 8 bits where 16 belong
        boolean small = Arrays.stream(stored).allMatch(value -> value < 256);
        byte[][] bytes = new byte[3][size];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < size; i++) {
                bytes[c][i] = (byte) (small ? stored[c * size + i] : stored[c * size + i] >> 8);
            }
        }
        return new TiffTable(bytes);
    }

    /** Makes sure that the indices are all that is stored. */
    static void requireAlone(TiffPage page) throws IOException {
        if (page.samples() != 1) {
            throw new TiffPage.KindException("a colour table beside other samples");
        }
    }

    boolean isGrey() {
        return Arrays.equals(bytes[0], bytes[1]) && Arrays.equals(bytes[0], bytes[2]);
    }

    /** Grey from dark to bright. */
    boolean isRising() {
        return isGrey() && (bytes[0][0] & 0xff) <= (bytes[0][bytes[0].length - 1] & 0xff);
    }

    /** One hue from black, evenly: a false colour of a fluorescence channel, whose brightness is the index. */
    boolean isRamp() {
        int last = bytes[0].length - 1;
        int highest = 0;
        for (byte[] color : bytes) {
            int top = color[last] & 0xff;
            highest = Math.max(highest, top);
            for (int i = 0; i <= last; i++) {
                if (Math.abs((color[i] & 0xff) - (double) top * i / last) > 1.5) {
                    return false;
                }
            }
        }
        return highest > 0;
    }
}
