package io.github.transfuse.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Chunks of smaller chunks, with an index of where each begins and how long it is.
 *
 * @param chunk sizes of a smaller chunk
 * @param codec of the smaller chunks
 * @param index how the index is packed
 * @param indexAtEnd whether it comes last
 * @param fill the bytes of a number that is not stored
 */
record Shards(List<Integer> chunk, ChunkCodec codec, ChunkCodec index, boolean indexAtEnd, Fill fill) {
    private static final int ENTRY = 2 * Long.BYTES;

    /** As {@link ChunkCodec#unpack}. */
    byte[] unpack(byte[] stored, ZarrType type, int... shape) throws IOException {
        int[] inner = chunk.stream().mapToInt(Integer::intValue).toArray();
        int[] grid = new int[shape.length];
        long count = 1;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] % inner[d] != 0) {
                throw new IOException("its smaller chunks do not fill it");
            }
            grid[d] = shape[d] / inner[d];
            count *= grid[d];
        }
        long length = count * ENTRY + (index.packing().isEmpty() ? 0 : Integer.BYTES);
        if (length > stored.length) {
            throw new IOException("it ends before its index");
        }
        int from = indexAtEnd ? stored.length - (int) length : 0;
        byte[] table =
                index.unpack(Arrays.copyOfRange(stored, from, from + (int) length), ZarrType.UINT64, (int) count, 2);
        byte[] out = fill.bytes(
                Math.toIntExact(Arrays.stream(shape).asLongStream().reduce(type.bytes(), Math::multiplyExact)));
        int[] position = new int[shape.length];
        ByteBuffer entries = ByteCodecs.little(table);
        for (int i = 0; i < count; i++) {
            long at = entries.getLong(ENTRY * i);
            long bytes = entries.getLong(ENTRY * i + Long.BYTES);
            if (at != -1 || bytes != -1) {
                if (at < 0 || bytes < 0 || at > stored.length || bytes > stored.length - at) {
                    throw new IOException("it ends before its last part");
                }
                byte[] part = Arrays.copyOfRange(stored, (int) at, (int) (at + bytes));
                new Part(shape, inner, position).copy(codec.unpack(part, type, inner), out, type.bytes());
            }
            advance(position, grid);
        }
        return out;
    }

    private static void advance(int[] position, int... grid) {
        for (int d = grid.length - 1; d >= 0; d--) {
            if (++position[d] < grid[d]) {
                return;
            }
            position[d] = 0;
        }
    }

    /** Where a smaller chunk lies in the chunk. */
    private record Part(int[] shape, int[] inner, int[] position) {
        /** Row by row. */
        void copy(byte[] part, byte[] out, int size) {
            int last = shape.length - 1;
            int row = inner[last] * size;
            int[] strides = ChunkCodec.strides(size, shape);
            int[] within = new int[shape.length];
            int[] rows = Arrays.copyOf(inner, inner.length);
            rows[last] = 1;
            for (int from = 0; from < part.length; from += row) {
                int to = 0;
                for (int d = 0; d <= last; d++) {
                    to += (position[d] * inner[d] + within[d]) * strides[d];
                }
                System.arraycopy(part, from, out, to, row);
                advance(within, rows);
            }
        }
    }
}
