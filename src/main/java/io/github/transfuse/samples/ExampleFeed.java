package io.github.transfuse.samples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hands out the batches of an epoch in an order that depends on seed and epoch alone, while threads prepare the next
 * ones. The last batch may be smaller, but never holds a single example: batch statistics need two.
 */
public final class ExampleFeed implements AutoCloseable {

    private static final int AHEAD = 4;

    private final Crops crops;
    private final Augmenter augmenter;
    private final long seed;
    private final ExecutorService threads;
    private final Deque<Future<ExampleBatch>> pending = new ArrayDeque<>();
    private Deque<List<Integer>> batches = new ArrayDeque<>();
    private int epoch;
    private long waitedNanos;

    /** A feed over what the crops show in an epoch. */
    public ExampleFeed(Crops crops, Augmenter augmenter, long seed, int threadCount) {
        this.crops = crops;
        this.augmenter = augmenter;
        this.seed = seed;
        threads = Executors.newFixedThreadPool(threadCount, work -> {
            Thread thread = new Thread(work, "TransFuse example feed");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts an epoch and returns its number of batches. */
    public int start(int newEpoch, int batchSize) {
        epoch = newEpoch;
        waitedNanos = 0;
        pending.clear();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < crops.count(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(mix(seed, epoch, -1)));
        batches = split(order, batchSize);
        int count = batches.size();
        for (int i = 0; i < AHEAD; i++) {
            prepareNext();
        }
        return count;
    }

    private static Deque<List<Integer>> split(List<Integer> order, int batchSize) {
        Deque<List<Integer>> split = new ArrayDeque<>();
        for (int from = 0; from < order.size(); from += batchSize) {
            int to = Math.min(from + batchSize, order.size());
            if (to - from > 1 || split.isEmpty()) {
                split.add(order.subList(from, to));
            }
        }
        return split;
    }

    /**
     * The next batch.
     *
     * @throws InterruptedException if interrupted while waiting for it
     */
    public ExampleBatch next() throws InterruptedException {
        long before = System.nanoTime();
        try {
            ExampleBatch batch = pending.remove().get();
            prepareNext();
            return batch;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An example could not be prepared: " + e.getCause(), e.getCause());
        } finally {
            waitedNanos += System.nanoTime() - before;
        }
    }

    private void prepareNext() {
        List<Integer> indices = batches.poll();
        if (indices != null) {
            pending.add(threads.submit(() -> prepare(indices)));
        }
    }

    private ExampleBatch prepare(List<Integer> items) {
        Crops.Drawn first = crops.draw(items.get(0), new SplittableRandom(seed));
        int channels = first.example().channels();
        int plane = first.frame().pixels();
        int count = items.size();
        float[] images = new float[count * channels * plane];
        float[] targets = new float[count * plane];
        float[] image = new float[channels * plane];
        float[] target = new float[plane];
        for (int i = 0; i < count; i++) {
            int item = items.get(i);
            SplittableRandom random = new SplittableRandom(mix(seed, epoch, item));
            Crops.Drawn drawn = crops.draw(item, random);
            augmenter.apply(drawn.example(), drawn.frame(), random, new Augmenter.Buffers(image, target));
            System.arraycopy(image, 0, images, i * image.length, image.length);
            System.arraycopy(target, 0, targets, i * plane, plane);
        }
        return new ExampleBatch(first.frame().batch(count, channels), images, targets);
    }

    /** Network inputs per epoch. */
    public int examplesPerEpoch() {
        return crops.count();
    }

    /** Seconds of this epoch in which {@link #next} had to wait. */
    public double waitedSeconds() {
        return waitedNanos / 1e9;
    }

    /** SplitMix64 over the three numbers. */
    private static long mix(long seed, int epoch, int index) {
        long z = seed * 0x9E3779B97F4A7C15L + epoch * 0xBF58476D1CE4E5B9L + index * 0x94D049BB133111EBL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
