package io.github.transfuse.tiling;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the calling thread waits for its helpers: it hears of a cancel, and what failed there is thrown here. */
final class Waiting {
    private static final long POLL_MILLIS = 50;

    private Waiting() {}

    static void checkCanceled(Progress progress) {
        if (progress.isCanceled()) {
            throw new CancellationException("Canceled");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Interrupted");
        }
    }

    /** The result of a helper thread's task; asks progress every now and then. */
    static <T> T await(Future<T> task, Progress progress) throws IOException {
        while (true) {
            try {
                return task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                checkCanceled(progress);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(e);
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private static CancellationException interrupted(InterruptedException cause) {
        CancellationException canceled = new CancellationException("Interrupted");
        canceled.initCause(cause);
        return canceled;
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return cause instanceof IOException e ? e : new IOException(cause.getMessage(), cause);
    }

    /**
     * Ends helper threads: tasks that have not begun never will, and the call returns when no thread is left. Threads
     * are not interrupted, because that would close the file channels they read from.
     */
    static void close(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
