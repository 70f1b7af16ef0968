package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.tiling.HelperThreads;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Opens a network when it is first needed and keeps it; replaces it by one on the CPU when a GPU has too little memory. */
final class NetworkHolder implements AutoCloseable {

    /** Opens a network; a test replaces the engine by one that needs no native code. */
    @FunctionalInterface
    interface Opener {
        Network open(NetworkOptions options) throws IOException;
    }

    private static final long IDLE_SECONDS = 10;

    private final Opener opener;
    private final NetworkOptions options;
    private final ExecutorService computing = computingThread();
    private final AtomicLong busyNanos = new AtomicLong();
    private Optional<Network> open = Optional.empty();

    NetworkHolder(Opener opener, NetworkOptions options) {
        this.opener = opener;
        this.options = options;
    }

    /** Ends by itself when there is nothing to do. */
    private static ExecutorService computingThread() {
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

    synchronized Network get() throws IOException {
        if (open.isEmpty()) {
            open = Optional.of(opener.open(options));
        }
        return open.get();
    }

    /**
     * Computes a batch; of several threads one at a time. The work is done on a thread of its own, always the same: OpenMP
     * keeps a team of threads for each thread that calls it, and the teams would steal each other's time.
     */
    Batch predict(Batch tiles) throws IOException {
        Network network = get();
        Future<Batch> result = computing.submit(() -> {
            long start = System.nanoTime();
            try {
                return network.predict(tiles);
            } finally {
                busyNanos.addAndGet(System.nanoTime() - start);
            }
        });
        return await(result);
    }

    /** Waits even when interrupted, for the native side cannot be stopped within a batch; the interrupt stays set. */
    private static Batch await(Future<Batch> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the network threw, which is never a checked exception. */
    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
    }

    /** How long networks have computed so far. */
    double busySeconds() {
        return busyNanos.get() * 1e-9;
    }

    /**
     * Goes on without the GPU.
     *
     * @return whether that was possible: a device that the user named is never replaced
     */
    synchronized boolean fallBackToCpu() throws IOException {
        boolean possible = options.device().kind() == Device.Kind.AUTO
                && get().info().device().kind() != Device.Kind.CPU;
        if (possible) {
            close();
            open = Optional.of(opener.open(
                    new NetworkOptions(Device.CPU, options.precision(), options.threads(), options.plain())));
        }
        return possible;
    }

    @Override
    public synchronized void close() {
        open.ifPresent(Network::close);
        open = Optional.empty();
    }
}
