package io.github.transfuse.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** Looks at the first picture of a GIF: whether its codes stand for as many pixels as its size needs. */
final class GifFile {
    private static final int HEADER = 13;
    private static final int PICTURE = 0x2c;
    private static final int EXTENSION = 0x21;
    private static final int MAX_CODES = 4096;

    /** Pixels that a byte can stand for at most. */
    private static final int EXPANSION = 2600;

    private final ByteBuffer in;
    private int at;

    private GifFile(byte... bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks a file.
     *
     * @throws IOException if it is damaged, without its name
     */
    static void check(Path file, byte... bytes) throws IOException {
        try {
            new GifFile(bytes).check(file);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("it ends too early", e);
        }
    }

    /** Whether other pictures follow the first; what is cut off behind it does not matter. */
    static boolean holdsSeveral(byte... bytes) {
        try {
            GifFile gif = new GifFile(bytes);
            gif.toPicture();
            gif.at += 10 + table(gif.in.get(gif.at + 9)) + 1;
            gif.skip();
            gif.skipExtensions();
            return gif.in.get(gif.at) == PICTURE;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private void toPicture() {
        at = HEADER + table(in.get(10));
        skipExtensions();
    }

    private void check(Path file) throws IOException {
        toPicture();
        if (in.get(at) != PICTURE) {
            throw new IOException("it has no picture");
        }
        int width = in.getShort(at + 5) & 0xffff;
        int height = in.getShort(at + 7) & 0xffff;
        PlaneLimit.check(file, width, height);
        requireWhole(file, width, height);
        at += 10 + table(in.get(at + 9));
        int bits = in.get(at++);
        byte[] codes = skip();
        if ((long) width * height > (long) EXPANSION * codes.length) {
            throw new IOException("its size is " + width + " x " + height + ", which the file cannot hold");
        }
        if (bits < 1 || bits > 8 || pixels(bits, codes) != (long) width * height) {
            throw new IOException("it holds another number of pixels than its size needs");
        }
    }

    /** Viewers show a picture within its canvas. */
    private void requireWhole(Path file, int width, int height) throws UnsupportedImageException {
        boolean shifted = in.getShort(at + 1) != 0 || in.getShort(at + 3) != 0;
        if (shifted || width < (in.getShort(6) & 0xffff) || height < (in.getShort(8) & 0xffff)) {
            throw new UnsupportedImageException(
                    file, "its first picture is smaller than its canvas", "Save the picture as PNG.");
        }
    }

    private void skipExtensions() {
        while (in.get(at) == EXTENSION) {
            at += 2;
            skip();
        }
    }

    private static int table(byte flags) {
        return flags < 0 ? 6 << (flags & 7) : 0;
    }

    /** The contents of the blocks here. */
    private byte[] skip() {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (int length = in.get(at) & 0xff; length > 0; length = in.get(at) & 0xff) {
            contents.writeBytes(Arrays.copyOfRange(block(length), 0, length));
            at += length + 1;
        }
        at++;
        return contents.toByteArray();
    }

    private byte[] block(int length) {
        byte[] block = new byte[length];
        in.get(at + 1, block);
        return block;
    }

    /** Adds up the lengths of what the codes stand for, until the end code. */
    private static long pixels(int bits, byte... codes) throws IOException {
        int clear = 1 << bits;
        int[] lengths = new int[MAX_CODES];
        int next = clear + 2;
        int width = bits + 1;
        int last = -1;
        long pixels = 0;
        long bit = 0;
        while (bit + width <= 8L * codes.length) {
            int code = 0;
            for (int i = 0; i < width; i++, bit++) {
                code |= (codes[(int) (bit >> 3)] >> (bit & 7) & 1) << i;
            }
            if (code == clear + 1) {
                return pixels;
            }
            if (code == clear) {
                next = clear + 2;
                width = bits + 1;
                last = -1;
                continue;
            }
            int before = last < 0 ? 0 : last < clear ? 1 : lengths[last];
            if (code > next || (code == next && (last < 0 || next == MAX_CODES))) {
                throw new IOException("it has the code " + code + ", which its table lacks");
            }
            if (last >= 0 && next < MAX_CODES) {
                lengths[next++] = before + 1;
                width = next == 1 << width && width < 12 ? width + 1 : width;
            }
            pixels += code < clear ? 1 : lengths[code];
            last = code;
        }
        return pixels;
    }
}
