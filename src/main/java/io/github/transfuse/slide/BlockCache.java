package io.github.transfuse.slide;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;

/**
 * Keeps the blocks used last. A block that several threads want is read once; different blocks are read side by side. A
 * block that could not be read is tried again.
 */
final class BlockCache<B> {
    private final LongFunction<B> read;
    private final Map<Long, FutureTask<B>> blocks;

    /**
     * An empty cache.
     *
     * @param capacity blocks that are kept
     * @param read reads the block of an index
     */
    BlockCache(int capacity, LongFunction<B> read) {
        this.read = read;
        this.blocks = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, FutureTask<B>> eldest) {
                return size() > capacity;
            }
        };
    }

    B get(long index) {
        FutureTask<B> task;
        synchronized (blocks) {
            task = blocks.computeIfAbsent(index, i -> new FutureTask<>(() -> read.apply(i)));
        }
        task.run(); // does nothing if it has run, or runs in another thread
        try {
            return task.get();
        } catch (ExecutionException e) {
            synchronized (blocks) {
                blocks.remove(index, task);
            }
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SlideException("Reading was interrupted.", e);
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new SlideException(cause.toString(), cause);
    }
}
