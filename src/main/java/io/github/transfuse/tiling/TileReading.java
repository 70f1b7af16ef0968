package io.github.transfuse.tiling;

import io.github.transfuse.progress.HelperThreads;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/** Fills batches of tiles ahead of the predictor, in order, into a fixed number of direct buffers. */
final class TileReading implements AutoCloseable {
    private final SlidingWindow run;
    private final TileReader reader;
    private final Progress progress;
    private final HelperThreads threads;
    private final Deque<FloatBuffer> free = new ArrayDeque<>();
    private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
    private long nextTile;
    private volatile boolean stopped;

    TileReading(SlidingWindow run, TileReader reader, Progress progress) {
        this.run = run;
        this.reader = reader;
        this.progress = progress;
        long batches = (run.plan().count() + run.batchSize() - 1) / run.batchSize();
        int buffers = (int) Math.min(batches, run.readers() + 1L);
        for (int i = 0; i < buffers; i++) {
            free.add(DirectFloats.allocate(run.batchSize(), tileFloats()));
        }
        this.threads = new HelperThreads(run.readers(), "transfuse-reader");
        readAhead();
    }

    private int tileFloats() {
        return run.channels() * run.plan().tilePixels();
    }

    private void readAhead() {
        while (!free.isEmpty() && nextTile < run.plan().count()) {
            int tiles = (int) Math.min(run.batchSize(), run.plan().count() - nextTile);
            Batch batch = new Batch(nextTile, tiles, free.remove().clear().limit(tiles * tileFloats()));
            ahead.add(threads.submit(() -> fill(batch)));
            nextTile += tiles;
        }
    }

    private Batch fill(Batch batch) throws IOException {
        for (int i = 0; i < batch.tiles && !stopped; i++) {
            Tile tile = run.plan().tile(batch.first + i);
            FloatBuffer target = batch.pixels.slice(i * tileFloats(), tileFloats());
            try {
                reader.read(tile, target);
            } catch (IOException e) {
                throw new IOException("Reading " + tile + ": " + e.getMessage(), e);
            }
        }
        return batch;
    }

    /** The next batch in the order of the plan, when it is full. */
    Batch next() throws IOException {
        return HelperThreads.await(ahead.remove(), progress);
    }

    /** Takes back the buffer of a predicted batch and reads on into it. */
    void recycle(Batch batch) {
        free.add(batch.pixels);
        readAhead();
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
    }

    /** Tiles {@code first} to {@code first + tiles - 1}, layout N,C,[D,]H,W. */
    record Batch(long first, int tiles, FloatBuffer pixels) {
        int[] shape(SlidingWindow run) {
            int axes = run.plan().numDimensions();
            int[] shape = new int[2 + axes];
            shape[0] = tiles;
            shape[1] = run.channels();
            for (int d = 0; d < axes; d++) {
                shape[1 + axes - d] = run.plan().tileSize(d); // axis 0 is W, the last of the shape
            }
            return shape;
        }
    }
}
