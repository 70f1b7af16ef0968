package io.github.transfuse.image;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** Voxels that are stored as words with spaces between them. */
final class VoxelText {
    private static final int MAX_LENGTH = 400;

    private final Reader in;
    private final VoxelType type;
    private final ByteOrder order;

    VoxelText(InputStream in, VoxelType type, ByteOrder order) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        this.type = type;
        this.order = order;
    }

    /** All voxels. */
    RandomAccessibleInterval<? extends RealType<?>> read(long... size) throws IOException {
        var image = type.image(
                bytes -> {
                    ByteBuffer block =
                            ByteBuffer.allocate(Math.toIntExact(bytes)).order(order);
                    while (block.hasRemaining()) {
                        put(block, word());
                    }
                    return block.flip();
                },
                size);
        if (!word().isEmpty()) {
            throw new EOFException("it holds more voxels than its header says");
        }
        return image;
    }

    private String word() throws IOException {
        StringBuilder word = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            boolean space = Character.isWhitespace(next) || next == ',';
            if (space && !word.isEmpty()) {
                break;
            }
            if (!space) {
                word.append((char) next);
            }
            if (word.length() > MAX_LENGTH) {
                throw new EOFException("it holds something else than numbers");
            }
        }
        return word.toString();
    }

    private void put(ByteBuffer block, String word) throws IOException {
        if (word.isEmpty()) {
            throw new EOFException("it ends before its last voxel");
        }
        try {
            switch (type) {
                case UINT8, INT8 -> block.put((byte) Long.parseLong(word));
                case UINT16, INT16 -> block.putShort((short) Long.parseLong(word));
                case UINT32, INT32 -> block.putInt((int) Long.parseLong(word));
                case INT64 -> block.putLong(Long.parseLong(word));
                case UINT64 -> block.putLong(Long.parseUnsignedLong(word));
                case FLOAT32 -> block.putFloat(Float.parseFloat(word));
                case FLOAT64 -> block.putDouble(Double.parseDouble(word));
            }
        } catch (NumberFormatException e) {
            throw (IOException) new EOFException("it holds '" + word + "' among its numbers").initCause(e);
        }
    }
}
