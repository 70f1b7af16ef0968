package io.github.transfuse.zarr;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the numbers of a chunk become bytes: in an order of axes, in an order of bytes, in one piece or as a shard of smaller
 * chunks, and packed.
 *
 * @param axes the axis of the array that each stored axis is
 * @param bigEndian whether the highest byte of a number comes first
 * @param shards of what a chunk consists, if it is not one piece
 * @param packing in the order of packing
 */
record ChunkCodec(List<Integer> axes, boolean bigEndian, Optional<Shards> shards, List<ByteCodec> packing) {
    /** Checksums and headers between two packings need a little more than the numbers. */
    private static final int SLACK = 1 << 10;

    /**
     * The numbers, little-endian, the last axis fastest.
     *
     * @throws IOException if they are damaged
     */
    byte[] unpack(byte[] stored, ZarrType type, int... shape) throws IOException {
        int needed = Math.toIntExact(IntStream.of(shape).asLongStream().reduce(type.bytes(), Math::multiplyExact));
        byte[] bytes = stored;
        for (int i = packing.size() - 1; i >= 0; i--) {
            boolean last = i == 0 && shards.isEmpty();
            int most = last ? needed : Math.max(bytes.length, Math.min(needed, Integer.MAX_VALUE - SLACK - 8) + SLACK);
            bytes = packing.get(i).unpack(bytes, most);
        }
        int[] inOrder = axes.stream().mapToInt(axis -> shape[axis]).toArray();
        if (shards.isPresent()) {
            bytes = shards.get().unpack(bytes, type, inOrder);
        }
        if (bytes.length != needed) {
            throw new IOException("it holds " + bytes.length + " bytes instead of " + needed);
        }
        if (bigEndian) {
            swap(bytes, type.bytes());
        }
        boolean sorted = IntStream.range(0, shape.length).allMatch(d -> axes.get(d) == d);
        return sorted ? bytes : sorted(bytes, type.bytes(), shape, inOrder);
    }

    private static void swap(byte[] bytes, int size) {
        for (int at = 0; at < bytes.length; at += size) {
            for (int low = at, high = at + size - 1; low < high; low++, high--) {
                byte kept = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = kept;
            }
        }
    }

    private byte[] sorted(byte[] bytes, int size, int[] shape, int... inOrder) {
        int[] strides = strides(size, shape);
        byte[] out = new byte[bytes.length];
        int[] position = new int[shape.length];
        int target = 0;
        for (int at = 0; at < bytes.length; at += size) {
            System.arraycopy(bytes, at, out, target, size);
            for (int d = shape.length - 1; d >= 0; d--) {
                target += strides[axes.get(d)];
                if (++position[d] < inOrder[d]) {
                    break;
                }
                target -= inOrder[d] * strides[axes.get(d)];
                position[d] = 0;
            }
        }
        return out;
    }

    /** Bytes from one number to the next along each axis, the last one fastest. */
    static int[] strides(int size, int... shape) {
        int[] strides = new int[shape.length];
        int stride = size;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= shape[d];
        }
        return strides;
    }
}
