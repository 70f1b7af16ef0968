package io.github.transfuse.tiling;

import io.github.transfuse.progress.HelperThreads;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Future;

/** Blends predicted batches on a thread of its own, in the order they are added, a few batches behind. */
final class TileBlending implements AutoCloseable {
    private final SlidingWindow run;
    private final RowSink sink;
    private final Progress progress;
    private final HelperThreads thread = new HelperThreads(1, "transfuse-blender");
    private final Deque<Future<float[]>> behind = new ArrayDeque<>();
    private final Deque<float[]> free = new ArrayDeque<>();
    private volatile LogitBand band;
    private volatile boolean stopped;

    TileBlending(SlidingWindow run, RowSink sink, Progress progress) {
        this.run = run;
        this.progress = progress;
        this.sink = (position, logits) -> {
            try {
                sink.row(position, logits);
            } catch (IOException e) {
                throw new IOException("Storing the row at " + Arrays.toString(position) + ": " + e.getMessage(), e);
            }
        };
    }

    /** Copies logits: the predictor may use its buffer again, and the band reads arrays fastest. */
    float[] copy(FloatBuffer logits) {
        int values = logits.remaining();
        float[] array = free.poll();
        if (array == null || array.length < values) {
            array = new float[values];
        }
        logits.duplicate().get(array, 0, values);
        return array;
    }

    /** Blends a batch soon; waits if too many are behind. */
    void add(TileReading.Batch batch, float[] logits, int classes) throws IOException {
        if (band == null) {
            band = new LogitBand(run.plan(), run.window(), classes, sink);
        }
        if (classes != band.classes()) {
            throw new IllegalStateException("The network returned " + classes + " classes for "
                    + run.plan().tile(batch.first()) + " after " + band.classes() + " for the tiles before");
        }
        if (behind.size() == SlidingWindow.BLENDING_BEHIND) {
            free.add(HelperThreads.await(behind.remove(), progress));
        }
        long first = batch.first();
        int tiles = batch.tiles();
        behind.add(thread.submit(() -> blend(first, tiles, logits)));
    }

    private float[] blend(long first, int tiles, float[] logits) throws IOException {
        int values = band.classes() * run.plan().tilePixels();
        for (int i = 0; i < tiles && !stopped; i++) {
            band.add(run.plan().tile(first + i), logits, i * values);
        }
        return logits;
    }

    /** Waits for all batches and hands the last rows to the sink. */
    void finish() throws IOException {
        behind.add(thread.submit(() -> {
            band.finishUntil(run.plan().size(run.plan().numDimensions() - 1));
            return new float[0];
        }));
        while (!behind.isEmpty()) {
            HelperThreads.await(behind.remove(), progress);
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.close();
    }
}
