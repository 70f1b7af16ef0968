package io.github.transfuse.zarr;

import java.io.IOException;
import java.util.Arrays;

/** Blosc's own method of packing: bytes as they are, and repetitions of earlier ones. */
final class BloscLz {
    private static final int FAR = 8191;
    private static final int FARTHEST_BUT_ONE = 31 << 8;

    private final byte[] in;
    private final byte[] out;
    private int from;
    private int to;

    private BloscLz(byte[] in, int most) {
        this.in = in;
        out = new byte[most];
    }

    /** As {@link ByteCodec#unpack}. */
    static byte[] unpack(byte[] stored, int most) throws IOException {
        BloscLz lz = new BloscLz(stored, most);
        lz.unpack();
        return lz.to == most ? lz.out : Arrays.copyOf(lz.out, lz.to);
    }

    private void unpack() throws IOException {
        boolean first = true;
        while (from < in.length) {
            int control = first ? next() & 31 : next();
            first = false;
            if (control < 32) {
                copy(control + 1);
            } else {
                repeat(control);
            }
        }
    }

    private void copy(int count) throws IOException {
        if (count > in.length - from || count > out.length - to) {
            throw new IOException("its packed data are damaged");
        }
        System.arraycopy(in, from, out, to, count);
        from += count;
        to += count;
    }

    private void repeat(int control) throws IOException {
        int length = (control >> 5) - 1;
        int distance = (control & 31) << 8;
        int code;
        if (length == 6) {
            do {
                code = next();
                length += code;
            } while (code == 255);
        }
        code = next();
        length += 3;
        if (code == 255 && distance == FARTHEST_BUT_ONE) {
            distance = next() << 8;
            distance += next() + FAR;
        } else {
            distance += code;
        }
        int start = to - distance - 1;
        if (start < 0 || length < 0 || length > out.length - to) {
            throw new IOException("its packed data are damaged");
        }
        // Byte by byte: what is repeated may reach into what is written
        for (int i = 0; i < length; i++) {
            out[to++] = out[start + i];
        }
    }

    private int next() throws IOException {
        if (from == in.length) {
            throw new IOException("it ends too early");
        }
        return in[from++] & 0xff;
    }
}
