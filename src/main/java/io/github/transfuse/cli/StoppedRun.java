package io.github.transfuse.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Says how far a run got when the process is told to end before it (Ctrl-C, SIGTERM). */
final class StoppedRun implements AutoCloseable {
    private final Thread hook;

    /**
     * Begins to watch for the end of the process.
     *
     * @param words what to say then
     */
    StoppedRun(PrintWriter to, Supplier<String> words) {
        hook = new Thread(
                () -> {
                    to.println(words.get());
                    to.flush();
                },
                "TransFuse stopped run");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: it is said
            return;
        }
    }
}
