package io.github.transfuse.image;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import net.imglib2.parallel.Parallelization;
import net.imglib2.parallel.TaskExecutor;

/**
 * Blocks of work of one loop, done by the calling thread and by those that ImgLib2 is told to use, as far as these are free.
 * ImgLib2's own loops wait for others to begin, which never ends where all of them wait for the caller: those of Java's common
 * pool do, when a script segments images in a parallel stream.
 */
final class SharedBlocks {
    private final int count;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private SharedBlocks(int count, IntConsumer work) {
        this.count = count;
        this.work = work;
        this.open = new CountDownLatch(count);
    }

    /**
     * Does all blocks, in any order; what a block throws is thrown when no block is at work any more.
     *
     * @param count of blocks
     * @param work of a block by its number, from 0
     */
    static void run(int count, IntConsumer work) {
        TaskExecutor told = Parallelization.getTaskExecutor();
        SharedBlocks blocks = new SharedBlocks(count, work);
        int helpers = Math.min(told.getParallelism(), count) - 1;
        for (int i = 0; i < helpers; i++) {
            told.getExecutorService().execute(blocks::help);
        }
        blocks.help();
        blocks.await();
    }

    /** Does blocks until none is left; whoever comes late has nothing to do. */
    private void help() {
        for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    work.accept(block);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                open.countDown();
            }
        }
    }

    /** Also if the thread is interrupted: nobody shall write behind the caller's back. */
    private void await() {
        boolean interrupted = false;
        while (open.getCount() > 0) {
            try {
                open.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.get() instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
