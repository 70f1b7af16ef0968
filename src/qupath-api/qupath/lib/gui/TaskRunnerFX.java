package qupath.lib.gui;

import qupath.lib.plugins.AbstractTaskRunner;
import qupath.lib.plugins.SimpleProgressMonitor;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class TaskRunnerFX extends AbstractTaskRunner {
    public TaskRunnerFX(QuPathGUI qupath, int threads) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SimpleProgressMonitor makeProgressMonitor() {
        throw new UnsupportedOperationException();
    }
}
