package io.github.transfuse;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkOptions;
import java.io.IOException;
import java.util.Optional;

/** Opens a network when it is first needed and keeps it; replaces it by one on the CPU when a GPU has too little memory. */
final class NetworkHolder implements AutoCloseable {

    /** Opens a network; a test replaces the engine by one that needs no native code. */
    @FunctionalInterface
    interface Opener {
        Network open(NetworkOptions options) throws IOException;
    }

    private final Opener opener;
    private final NetworkOptions options;
    private Optional<Network> open = Optional.empty();

    NetworkHolder(Opener opener, NetworkOptions options) {
        this.opener = opener;
        this.options = options;
    }

    synchronized Network get() throws IOException {
        if (open.isEmpty()) {
            open = Optional.of(opener.open(options));
        }
        return open.get();
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
