package io.github.transfuse.tiling;

import io.github.transfuse.progress.HelperThreads;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Runs a network over an image of any size, tile by tile.
 *
 * <p>Reading, predicting and blending overlap: reader threads fill batches ahead, the calling thread predicts, one
 * thread blends. Tiles are blended in the order of the plan, so the result does not depend on the timing of threads.
 * <i>Logits</i> are averaged, not probabilities. Only the rows that tiles still touch are in memory.
 *
 * <pre>{@code
 * TilePlan plan = TilePlan.of(new long[] {4000, 3000}, new int[] {256, 256}, 0.5);
 * SlidingWindow.over(plan, 3).withBatchSize(8).run(reader, predictor, sink, Progress.NONE);
 * }</pre>
 *
 * @param plan the tiles
 * @param window how much each pixel of a tile counts
 * @param channels channels of a tile, at least 1
 * @param batchSize tiles per call of the predictor, at least 1
 * @param readers threads that read ahead, at least 1
 */
public record SlidingWindow(TilePlan plan, BlendWindow window, int channels, int batchSize, int readers) {
    private static final String STEP = "Segmenting tiles";

    /** Batches that wait for blending while the next is predicted. */
    static final int BLENDING_BEHIND = 2;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is below 1, the window is for other tiles, or one batch would have
     *     more than 2^31 - 1 values
     */
    public SlidingWindow {
        requirePositive("channels", channels);
        requirePositive("batch_size", batchSize);
        requirePositive("readers", readers);
        if (!window.fits(plan)) {
            throw new IllegalArgumentException("the blend window is not for tiles of the plan (" + plan + ")");
        }
        double bytes = (double) Float.BYTES * batchSize * channels * plan.tilePixels();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of " + batchSize + " tiles with " + channels + " channels ("
                    + plan + ") does not fit one buffer of 2 GiB: choose a smaller batch_size or tile_size");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " must be at least 1");
        }
    }

    /**
     * Gaussian blending, one tile per batch, one reader.
     *
     * @param plan the tiles
     * @param channels channels of a tile
     * @return the sliding window
     */
    public static SlidingWindow over(TilePlan plan, int channels) {
        return new SlidingWindow(plan, BlendWindow.gaussian(plan.tileSize()), channels, 1, 1);
    }

    /**
     * Another batch size.
     *
     * @param tiles tiles per call of the predictor
     * @return a copy with that batch size
     */
    public SlidingWindow withBatchSize(int tiles) {
        return new SlidingWindow(plan, window, channels, tiles, readers);
    }

    /**
     * Another number of reader threads.
     *
     * @param threads threads that read ahead
     * @return a copy with that many readers
     */
    public SlidingWindow withReaders(int threads) {
        return new SlidingWindow(plan, window, channels, batchSize, threads);
    }

    /**
     * Reads, predicts and blends all tiles.
     *
     * @param reader gives the pixels of tiles; called from several threads
     * @param predictor the network; called from this thread
     * @param sink takes finished rows; called from one other thread
     * @param progress told the number of predicted tiles after each batch
     * @return nanoseconds in which the predictor waited for pixels
     * @throws IOException if the reader, the predictor or the sink throws one: the message says at which tile or row,
     *     the cause is theirs. Their unchecked exceptions and errors come through as they are
     * @throws java.util.concurrent.CancellationException if progress asks to stop, or this thread is interrupted
     *     (its interrupt flag stays set)
     * @throws IllegalStateException if the predictor returns the wrong number of values
     */
    public long run(TileReader reader, TilePredictor predictor, RowSink sink, Progress progress) throws IOException {
        try (TileReading reading = new TileReading(this, reader, progress);
                TileBlending blending = new TileBlending(this, sink, progress)) {
            long done = 0;
            long waited = 0;
            progress.report(0, plan.count(), STEP);
            while (done < plan.count()) {
                HelperThreads.checkCanceled(progress);
                long asked = System.nanoTime();
                TileReading.Batch batch = reading.next();
                waited += System.nanoTime() - asked;
                FloatBuffer result = predict(predictor, batch);
                int classes = classes(result, batch.tiles());
                float[] logits = blending.copy(result);
                reading.recycle(batch);
                blending.add(batch, logits, classes);
                done += batch.tiles();
                progress.report(done, plan.count(), STEP);
            }
            blending.finish();
            return waited;
        }
    }

    private FloatBuffer predict(TilePredictor predictor, TileReading.Batch batch) throws IOException {
        try {
            return predictor.predict(batch.pixels(), batch.shape(this));
        } catch (IOException e) {
            throw new IOException("Predicting " + plan.tile(batch.first()) + ": " + e.getMessage(), e);
        }
    }

    private int classes(FloatBuffer logits, int tiles) {
        int values = logits.remaining();
        int perClass = tiles * plan.tilePixels();
        if (values == 0 || values % perClass != 0) {
            throw new IllegalStateException("The network returned " + values + " values for " + tiles + " tiles of "
                    + plan.tilePixels() + " pixels: not a whole number of classes");
        }
        return values / perClass;
    }
}
