package io.github.transfuse.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Bytes that are not read on behind their end, as decoders do that take zeros for what is missing. */
final class EndingStream extends MemoryCacheImageInputStream {
    /** A decoder may look as far ahead, where it needs nothing more. */
    private static final int AHEAD = 64;

    private int missing;

    EndingStream(byte... bytes) {
        super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value < 0) {
            end();
        }
        return value;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        int count = super.read(to, from, length);
        if (count < 0) {
            end();
        }
        return count;
    }

    private void end() throws IOException {
        missing++;
        if (missing > AHEAD) {
            throw new IOException("its picture ends too early");
        }
    }
}
