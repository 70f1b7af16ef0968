package qupath.lib.plugins;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface PathTask extends Runnable {
    default void taskComplete(boolean wasCancelled) {
        throw new UnsupportedOperationException();
    }

    default String getLastResultsDescription() {
        throw new UnsupportedOperationException();
    }
}
