package io.github.transfuse.segmentation;

import io.github.transfuse.progress.HelperThreads;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does the work of many threads on one, always the same: OpenMP keeps a team of threads for each thread that calls it, and
 * the teams would steal each other's time. It ends by itself when there is nothing to do.
 */
final class ComputingThread {
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService executor = executor();

    private static ExecutorService executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> HelperThreads.daemon(work, "TransFuse network"));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Does something and waits, even when interrupted, for the native side cannot be stopped within a batch; the interrupt
     * stays set.
     *
     * @throws IOException if the work throws it; what else it throws comes through too
     */
    <T> T call(Callable<T> work) throws IOException {
        try {
            return await(executor.submit(work));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException thrown) {
                throw thrown;
            }
            throw unchecked(e.getCause());
        }
    }

    /** As {@link #call}, of work that throws nothing checked. */
    void run(Runnable work) {
        try {
            await(executor.submit(work));
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static <T> T await(Future<T> result) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }
}
