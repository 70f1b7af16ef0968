package io.github.transfuse.progress;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that help a calling thread: how they are made, waited for and ended. The caller hears of a cancel, and what failed
 * in a helper is thrown in the caller.
 */
public final class HelperThreads implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ExecutorService executor;

    /**
     * Helpers for tasks, which are begun in the order in which they come.
     *
     * @param count most threads at a time
     * @param name of each thread
     */
    public HelperThreads(int count, String name) {
        executor = Executors.newFixedThreadPool(count, task -> {
            Thread thread = daemon(task, name);
            threads.add(thread);
            return thread;
        });
    }

    /** Takes a task on. */
    public <T> Future<T> submit(Callable<T> task) {
        return executor.submit(task);
    }

    /** A thread that does not keep the process alive. */
    public static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public static void checkCanceled(Progress progress) {
        if (progress.isCanceled()) {
            throw new CancellationException("Canceled");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Interrupted");
        }
    }

    /** The result of a helper thread's task; asks progress every now and then. */
    public static <T> T await(Future<T> task, Progress progress) throws IOException {
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
     * Ends the threads, whose tasks were told to stop; returns when no thread is left. Threads are not interrupted, because
     * that would close the file channels they read from.
     */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
