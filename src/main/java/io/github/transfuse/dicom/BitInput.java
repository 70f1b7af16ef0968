package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bits of a scan of JPEG, up to its next marker. */
final class BitInput {
    private final ByteBuffer in;
    private int bits;
    private int count;

    BitInput(ByteBuffer in) {
        this.in = in;
    }

    /** The next bit. */
    int bit() throws IOException {
        if (count == 0) {
            fill();
        }
        count--;
        return bits >> count & 1;
    }

    /** The next bits as a number. */
    int bits(int wanted) throws IOException {
        int value = 0;
        for (int i = 0; i < wanted; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    private void fill() throws IOException {
        if (!in.hasRemaining()) {
            throw new IOException("a JPEG stream ends too early");
        }
        bits = in.get() & 0xff;
        count = Byte.SIZE;
        if (bits == 0xff) {
            if (!in.hasRemaining() || in.get(in.position()) != 0) {
                throw new IOException("a JPEG stream has a marker within its pixels");
            }
            in.get();
        }
    }

    /** Goes on behind a marker that says so. */
    void restart() throws IOException {
        count = 0;
        while (in.remaining() >= 2 && in.get(in.position()) == -1 && in.get(in.position() + 1) == -1) {
            in.get();
        }
        if (in.remaining() < 2 || in.get() != -1 || (in.get() & 0xf8) != 0xd0) {
            throw new IOException("a JPEG stream lacks a mark between its parts");
        }
    }

    /** Leaves the bits behind the last pixel. */
    void finish() {
        count = 0;
    }
}
