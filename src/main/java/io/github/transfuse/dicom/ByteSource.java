package io.github.transfuse.dicom;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Bytes in a file or in memory, at any place. */
interface ByteSource extends Closeable {
    /** How many there are. */
    long length();

    /**
     * Some of them.
     *
     * @throws EOFException if there are not as many
     */
    byte[] read(long at, int count) throws IOException;

    @Override
    void close() throws IOException;

    /** Bytes in memory. */
    static ByteSource of(byte... bytes) {
        return new ByteSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public byte[] read(long at, int count) throws IOException {
                requireWithin(at, count, bytes.length);
                return Arrays.copyOfRange(bytes, (int) at, (int) at + count);
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    /** The bytes of a file, of which a window is kept, because elements are small. */
    static ByteSource open(Path file) throws IOException {
        return new Windowed(FileChannel.open(file, StandardOpenOption.READ));
    }

    private static void requireWithin(long at, int count, long length) throws EOFException {
        if (at < 0 || count < 0 || count > length - at) {
            throw new EOFException("it ends too early");
        }
    }

    /** A file with a window. */
    final class Windowed implements ByteSource {
        private static final int WINDOW = 1 << 16;

        private final FileChannel channel;
        private final long length;
        private byte[] window = {};
        private long start;

        private Windowed(FileChannel channel) throws IOException {
            this.channel = channel;
            length = channel.size();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public byte[] read(long at, int count) throws IOException {
            requireWithin(at, count, length);
            if (count > WINDOW) {
                return fetch(at, count);
            }
            if (at < start || at + count > start + window.length) {
                window = fetch(at, (int) Math.min(WINDOW, length - at));
                start = at;
            }
            int from = (int) (at - start);
            return Arrays.copyOfRange(window, from, from + count);
        }

        private byte[] fetch(long at, int count) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(count);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, at + bytes.position()) < 0) {
                    throw new EOFException("it ends too early");
                }
            }
            return bytes.array();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
