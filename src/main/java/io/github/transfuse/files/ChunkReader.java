package io.github.transfuse.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a stream in a thread of its own, because nothing ends a read that stalls but to leave it alone. */
final class ChunkReader implements AutoCloseable {
    /** What {@link #poll} gives at the end. */
    static final byte[] END = new byte[0];

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int CHUNKS = 16;

    private final InputStream in;
    private final Runnable disconnect;
    private final BlockingQueue<Object> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread thread = new Thread(this::run, "TransFuse download");

    /**
     * Begins to read.
     *
     * @param disconnect ends the stream's connection
     */
    ChunkReader(InputStream in, Runnable disconnect) {
        this.in = in;
        this.disconnect = disconnect;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            put();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits for more
        }
    }

    private void put() throws InterruptedException {
        try {
            byte[] buffer = new byte[CHUNK_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (count > 0) {
                    chunks.put(Arrays.copyOf(buffer, count));
                }
            }
            chunks.put(END);
        } catch (IOException e) {
            chunks.put(e);
        }
    }

    /**
     * The next bytes.
     *
     * @return {@link #END} at the end; empty if nothing came within the time
     * @throws IOException that ended the stream
     */
    Optional<byte[]> poll(long millis) throws IOException, InterruptedException {
        Object chunk = chunks.poll(millis, TimeUnit.MILLISECONDS);
        if (chunk instanceof IOException e) {
            throw e;
        }
        return Optional.ofNullable((byte[]) chunk);
    }

    @Override
    public void close() {
        thread.interrupt();
        disconnect.run();
    }
}
