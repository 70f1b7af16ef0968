package io.github.transfuse.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a TIFF file, or of the TIFF structure that the EXIF part of a picture is. What is asked for must be there,
 * and directories may not be read over and over: a small file cannot ask for much memory or time.
 */
final class TiffBytes implements Closeable {
    private static final long SPARE = 1 << 16;
    private static final int READINGS = 4;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer memory;
    private final long length;
    private long left;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private TiffBytes(Path file, FileChannel channel, ByteBuffer memory, long length) {
        this.file = file;
        this.channel = channel;
        this.memory = memory;
        this.length = length;
        left = READINGS * length + SPARE;
    }

    static TiffBytes of(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new TiffBytes(file, channel, ByteBuffer.allocate(0), channel.size());
    }

    static TiffBytes of(byte... bytes) {
        return new TiffBytes(Path.of(""), null, ByteBuffer.wrap(bytes), bytes.length);
    }

    long length() {
        return length;
    }

    ByteOrder order() {
        return order;
    }

    void order(ByteOrder fileOrder) {
        order = fileOrder;
    }

    /**
     * Bytes of a directory or of a value of it.
     *
     * @throws IOException if they are not all in the file, or more is read in all than an honest file needs
     */
    ByteBuffer directory(long at, long count) throws IOException {
        require(at, count);
        left -= count;
        if (left < 0 && isOpen()) {
            throw new IOException("its directories refer to the same bytes many times");
        }
        return pixels(at, Math.toIntExact(count));
    }

    /** Bytes of pixels. */
    ByteBuffer pixels(long at, int count) throws IOException {
        require(at, count);
        ByteBuffer bytes = ByteBuffer.allocate(count).order(order);
        if (channel == null) {
            bytes.put(0, memory, (int) at, count);
            return bytes;
        }
        if (isOpen()) {
            fill(bytes, channel, at);
        } else {
            // Parts of a large picture, long after it was looked at
            try (FileChannel again = FileChannel.open(file, StandardOpenOption.READ)) {
                fill(bytes, again, at);
            }
        }
        return bytes.flip().order(order);
    }

    private boolean isOpen() {
        return channel == null || channel.isOpen();
    }

    private static void fill(ByteBuffer bytes, FileChannel from, long at) throws IOException {
        while (bytes.hasRemaining()) {
            if (from.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("it became shorter while it was read");
            }
        }
    }

    boolean holds(long at, long count) {
        return at >= 0 && count >= 0 && count <= length - at;
    }

    private void require(long at, long count) throws IOException {
        if (!holds(at, count)) {
            throw new IOException("it refers to bytes behind its end");
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
