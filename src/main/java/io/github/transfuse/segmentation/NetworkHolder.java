package io.github.transfuse.segmentation;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.NetworkOptions;
import io.github.transfuse.tiling.HalvingPredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns a network: opens it when it is first needed, keeps it, and climbs down when a batch does not fit into memory: half
 * the batch, and so on to single tiles, then the CPU. Smaller batches give the same logits. All of this happens on one
 * thread, so that several callers never meet a network that another of them has just given up.
 */
public final class NetworkHolder implements AutoCloseable {

    /** Opens a network; a test replaces the engine by one that needs no native code. */
    @FunctionalInterface
    public interface Opener {
        Network open(NetworkOptions options) throws IOException;
    }

    private final Opener opener;
    private final NetworkOptions options;
    private final ComputingThread computing = new ComputingThread();
    private final AtomicLong busyNanos = new AtomicLong();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final HalvingPredictor ladder =
            new HalvingPredictor(this::orOnCpu, EngineOutOfMemoryException.class::isInstance, steps::add);

    /** Touched by the computing thread only. */
    private Optional<Network> open = Optional.empty();

    private volatile Optional<NetworkInfo> info = Optional.empty();
    private volatile boolean closed;

    public NetworkHolder(Opener opener, NetworkOptions options) {
        this.opener = opener;
        this.options = options;
    }

    /**
     * How the network is open; opens it if need be.
     *
     * @throws IOException if it cannot be opened
     */
    public NetworkInfo info() throws IOException {
        Optional<NetworkInfo> known = info;
        return known.isPresent() && !closed
                ? known.get()
                : computing.call(() -> network().info());
    }

    /**
     * Computes a batch; of several threads one at a time.
     *
     * @throws OutOfMemoryException if not even a single tile fits into memory
     */
    FloatBuffer predict(FloatBuffer tiles, int[] shape) throws IOException {
        return computing.call(() -> ladder.predict(tiles, shape));
    }

    /** The largest batch that may still fit. */
    public int largest() {
        return ladder.largest();
    }

    /** How it climbed down so far, each step in a sentence. */
    List<String> steps() {
        return List.copyOf(steps);
    }

    /** How long networks have computed so far. */
    public double busySeconds() {
        return busyNanos.get() * 1e-9;
    }

    private Network network() throws IOException {
        if (closed) {
            throw new IllegalStateException("This model was closed. Load it again.");
        }
        if (open.isEmpty()) {
            openFirst();
        }
        return open.orElseThrow();
    }

    private void openFirst() throws IOException {
        try {
            use(options);
        } catch (EngineOutOfMemoryException e) {
            if (options.device().kind() != Device.Kind.AUTO) {
                throw e;
            }
            use(onCpu());
            steps.add("The model does not fit into the GPU's memory: going on with the CPU.");
        }
    }

    private NetworkOptions onCpu() {
        return new NetworkOptions(Device.CPU, options.precision(), options.threads(), options.plain());
    }

    private void use(NetworkOptions chosen) throws IOException {
        Network network = opener.open(chosen);
        open = Optional.of(network);
        info = Optional.of(network.info());
    }

    private FloatBuffer orOnCpu(FloatBuffer tiles, int[] shape) throws IOException {
        try {
            return compute(new Batch(tiles, shape));
        } catch (EngineOutOfMemoryException e) {
            if (shape[0] > 1) {
                throw e;
            }
            fallBackToCpu(shape, e);
            return compute(new Batch(tiles, shape));
        }
    }

    private FloatBuffer compute(Batch tiles) throws IOException {
        Network network = network();
        long start = System.nanoTime();
        try {
            return network.predict(tiles).values();
        } finally {
            busyNanos.addAndGet(System.nanoTime() - start);
        }
    }

    /** A device that the user named is never replaced. */
    private void fallBackToCpu(int[] shape, EngineOutOfMemoryException cause) throws IOException {
        Device device = network().info().device();
        if (options.device().kind() != Device.Kind.AUTO || device.kind() == Device.Kind.CPU) {
            throw new OutOfMemoryException(
                    "A single tile of " + shape[shape.length - 1] + " x " + shape[shape.length - 2]
                            + " pixels does not fit into memory on " + device + " (" + cause.getMessage()
                            + "). Close other programs, or choose a smaller tile_size or model.",
                    cause);
        }
        closeNetwork();
        use(onCpu());
        ladder.reset();
        steps.add("A single tile does not fit into the GPU's memory: going on with the CPU.");
    }

    private void closeNetwork() {
        open.ifPresent(Network::close);
        open = Optional.empty();
        info = Optional.empty();
    }

    /** Waits for the batch in work; whoever asks for another one is told that the model is closed. */
    @Override
    public void close() {
        closed = true;
        computing.run(this::closeNetwork);
    }
}
