package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Looks at the header of a BMP: whether the file can hold the pixels that it claims. */
final class BmpFile {
    private static final int HEADER = 34;
    private static final int OLD = 12;

    /** Pixels that a byte of run lengths can stand for at most. */
    private static final int RUN = 128;

    private BmpFile() {}

    /**
     * Checks a file.
     *
     * @throws IOException if it is damaged, without its name
     */
    static void check(Path file, byte... bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.capacity() < HEADER) {
            throw new IOException("it ends in its header");
        }
        boolean old = in.getInt(14) == OLD;
        long width = old ? in.getShort(18) & 0xffff : in.getInt(18);
        long height = old ? in.getShort(20) & 0xffff : Math.abs((long) in.getInt(22));
        long bits = old ? in.getShort(24) : in.getShort(28);
        long compression = old ? 0 : in.getInt(30);
        PlaneLimit.check(file, width, height);
        if (bits < 1 || bits > 32) {
            throw new IOException("pixels of " + bits + " bits");
        }
        long present = bytes.length - Integer.toUnsignedLong(in.getInt(10));
        boolean runs = compression == 1 || compression == 2;
        double needed = runs ? (double) width * height / RUN : (double) ((width * bits + 31) / 32 * 4) * height;
        if (needed > present) {
            throw new IOException("its pixels need " + Math.round(needed) + " bytes, but there are " + present);
        }
    }
}
