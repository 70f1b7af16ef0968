package io.github.transfuse.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The Blosc container, version 2 of its format: blocks, each split into the first bytes of all numbers, the second bytes
 * and so on or not, each part packed by one of five methods.
 */
final class Blosc {
    private static final int HEADER = 16;
    private static final int BYTE_SHUFFLE = 1;
    private static final int COPIED = 2;
    private static final int BIT_SHUFFLE = 4;
    private static final int WHOLE_BLOCKS = 16;

    /** Numbers of more bytes, and shorter parts, are not split. */
    private static final int MAX_PARTS = 16;

    private static final int MIN_PART = 128;

    private final ByteBuffer in;
    private final int flags;
    private final int typeSize;
    private final int length;
    private final int blockSize;
    private final ByteCodec method;

    private Blosc(byte[] stored, int most) throws IOException {
        if (stored.length < HEADER) {
            throw new IOException("it ends too early");
        }
        in = ByteCodecs.little(stored);
        flags = in.get(2);
        typeSize = Math.max(1, in.get(3) & 0xff);
        length = in.getInt(4);
        blockSize = in.getInt(8);
        if (in.get(0) != 2 && in.get(0) != 1) {
            throw new UnknownZarrException("chunks in the format " + in.get(0) + " of Blosc");
        }
        if (in.getInt(12) != stored.length || length < 0 || length > most || (length > 0 && blockSize < 1)) {
            throw new IOException("its size and its header disagree");
        }
        method = method((flags & 0xff) >> 5);
    }

    /** As {@link ByteCodec#unpack}. */
    static byte[] unpack(byte[] stored, int most) throws IOException {
        try {
            return new Blosc(stored, most).unpack();
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("it ends too early", e);
        }
    }

    private static ByteCodec method(int code) throws UnknownZarrException {
        return switch (code) {
            case 0 -> BloscLz::unpack;
            case 1 -> ByteCodecs::lz4Block;
            case 2 -> ByteCodecs::snappy;
            case 3 -> ByteCodecs::zlib;
            case 4 -> ByteCodecs::zstd;
            default -> throw new UnknownZarrException("chunks packed by the method " + code + " of Blosc");
        };
    }

    private byte[] unpack() throws IOException {
        byte[] out = new byte[length];
        if ((flags & COPIED) != 0) {
            if (in.capacity() != HEADER + length) {
                throw new IOException("its size and its header disagree");
            }
            in.get(HEADER, out);
            return out;
        }
        for (int block = 0, at = 0; at < length; block++, at += Math.min(blockSize, length - at)) {
            byte[] shuffled = block(in.getInt(HEADER + Integer.BYTES * block), Math.min(blockSize, length - at));
            unshuffle(shuffled, out, at);
        }
        return out;
    }

    private byte[] block(int start, int size) throws IOException {
        boolean split = (flags & WHOLE_BLOCKS) == 0
                && size == blockSize
                && typeSize <= MAX_PARTS
                && blockSize / typeSize >= MIN_PART;
        int parts = split ? typeSize : 1;
        int part = size / parts;
        byte[] block = new byte[size];
        int at = start;
        for (int i = 0; i < parts; i++) {
            int packed = in.getInt(at);
            at += Integer.BYTES;
            if (packed < 0 || packed > in.capacity() - at) {
                throw new IOException("it ends too early");
            }
            byte[] bytes = new byte[packed];
            in.get(at, bytes);
            byte[] plain = packed == part ? bytes : method.unpack(bytes, part);
            if (plain.length != part) {
                throw new IOException("a block of it holds fewer bytes than it should");
            }
            System.arraycopy(plain, 0, block, i * part, part);
            at += packed;
        }
        return block;
    }

    private void unshuffle(byte[] from, byte[] out, int at) {
        int count = from.length / typeSize;
        if ((flags & BYTE_SHUFFLE) != 0 && typeSize > 1) {
            for (int i = 0; i < count; i++) {
                for (int b = 0; b < typeSize; b++) {
                    out[at + i * typeSize + b] = from[b * count + i];
                }
            }
            int rest = count * typeSize;
            System.arraycopy(from, rest, out, at + rest, from.length - rest);
        } else if ((flags & BIT_SHUFFLE) != 0 && count % Byte.SIZE == 0) {
            unshuffleBits(from, out, at, count);
        } else {
            System.arraycopy(from, 0, out, at, from.length);
        }
    }

    /** First come the lowest bits of all numbers. */
    private void unshuffleBits(byte[] from, byte[] out, int at, int count) {
        int row = count / Byte.SIZE;
        for (int bit = 0; bit < Byte.SIZE * typeSize; bit++) {
            int target = at + bit / Byte.SIZE;
            int shift = bit % Byte.SIZE;
            for (int i = 0; i < count; i++) {
                int set = from[bit * row + (i >> 3)] >> (i & 7) & 1;
                out[target + i * typeSize] |= (byte) (set << shift);
            }
        }
        int rest = count * typeSize;
        System.arraycopy(from, rest, out, at + rest, from.length - rest);
    }
}
