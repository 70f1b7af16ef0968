package qupath.lib.plugins;

import java.util.Collection;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface TaskRunner {
    boolean isCancelled();

    default void runTasks(Collection<? extends Runnable> tasks) {
        throw new UnsupportedOperationException();
    }
}
