package io.github.transfuse.imagej;

import java.awt.EventQueue;
import java.io.IOException;
import java.util.function.Consumer;

/** Work beside a dialog, which stays usable; what it gives is shown on AWT's thread. */
final class Background {
    private Background() {}

    /** Work that gives something. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Starts it.
     *
     * @param shown is given what the work gave
     * @param failed is given why it gave nothing, in words for the user
     */
    static <T> void start(Work<T> work, Consumer<T> shown, Consumer<String> failed) {
        Thread thread = new Thread(
                () -> {
                    try {
                        T result = work.run();
                        EventQueue.invokeLater(() -> shown.accept(result));
                    } catch (IOException | RuntimeException e) {
                        EventQueue.invokeLater(() -> failed.accept(Failures.message(e)));
                    }
                },
                "TransFuse beside a dialog");
        thread.setDaemon(true);
        thread.start();
    }
}
