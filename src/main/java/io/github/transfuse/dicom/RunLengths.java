package io.github.transfuse.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unpacks RLE: a segment for each byte of each sample, the high byte first; packed as by PackBits. */
final class RunLengths {
    private static final int HEAD = 64;

    /** Pixels that a byte can stand for at most. */
    private static final int EXPANSION = 64;

    private RunLengths() {}

    static Object[] unpack(PixelForm form, byte... stored) throws IOException {
        int width = Math.max(1, form.allocated() / Byte.SIZE);
        int segments = width * form.samples();
        if (stored.length < HEAD || (long) form.pixels() * segments > (long) EXPANSION * stored.length) {
            throw new IOException("a frame ends too early");
        }
        ByteBuffer head = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        if (head.getInt(0) != segments || segments > HEAD / Integer.BYTES - 1) {
            throw new IOException("a frame has " + head.getInt(0) + " segments, not " + segments);
        }
        Object[] planes = new Object[form.samples()];
        for (int s = 0; s < planes.length; s++) {
            int[] bits = new int[form.pixels()];
            for (int b = 0; b < width; b++) {
                int segment = s * width + b;
                int from = head.getInt(Integer.BYTES * (segment + 1));
                int to = segment + 1 < segments ? head.getInt(Integer.BYTES * (segment + 2)) : stored.length;
                if (from < HEAD || to < from || to > stored.length) {
                    throw new IOException("a segment of a frame lies outside of it");
                }
                unpack(ByteBuffer.wrap(stored, from, to - from), bits);
            }
            planes[s] = Samples.array(form);
            for (int i = 0; i < bits.length; i++) {
                Samples.put(planes[s], i, form.value(bits[i]));
            }
        }
        return planes;
    }

    /** Adds a byte to each of the values, behind those that they have. */
    private static void unpack(ByteBuffer in, int... values) throws IOException {
        int at = 0;
        while (at < values.length) {
            if (in.remaining() < 2) {
                throw new IOException("a segment of a frame ends too early");
            }
            int count = in.get();
            if (count == Byte.MIN_VALUE) {
                continue;
            }
            int length = Math.abs(count) + 1;
            if (length > values.length - at || (count >= 0 && length > in.remaining())) {
                throw new IOException("a segment of a frame holds other pixels than it should");
            }
            int repeated = count < 0 ? in.get() : 0;
            for (int i = 0; i < length; i++, at++) {
                values[at] = values[at] << Byte.SIZE | Byte.toUnsignedInt(count < 0 ? (byte) repeated : in.get());
            }
        }
    }
}
