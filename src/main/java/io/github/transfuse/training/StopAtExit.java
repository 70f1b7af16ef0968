package io.github.transfuse.training;

import io.github.transfuse.engine.TrainingListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a training to stop when the process is told to end (Ctrl-C, SIGTERM, quitting the host), and holds the end up until
 * it has: a process that ends while native code computes can crash. The best weights so far are kept, as with any stop.
 */
final class StopAtExit implements TrainingListener, AutoCloseable {
    /** A step takes seconds, and writing the best weights less than this. */
    private static final long MAX_MINUTES = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "TransFuse training stop");
    private volatile boolean exiting;

    /** Begins to watch for the end of the process. */
    StopAtExit() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stopAndWait() {
        exiting = true;
        try {
            ended.await(MAX_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Request request() {
        return exiting ? Request.STOP : Request.CONTINUE;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook was waiting for this
            exiting = true;
        }
    }
}
