package io.github.transfuse.qupath;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.gui.TaskRunnerFX;
import qupath.lib.plugins.SimpleProgressMonitor;

/**
 * Runs one task behind QuPath's progress dialog. The dialog shows how far the task is, and its Cancel is known while the
 * task runs; QuPath's own runner looks at it between tasks only.
 */
final class ProgressRunner extends TaskRunnerFX {
    private final AtomicReference<ProgressSteps> monitor = new AtomicReference<>();

    ProgressRunner(QuPathGUI qupath) {
        super(qupath, 1);
    }

    @Override
    public SimpleProgressMonitor makeProgressMonitor() {
        ProgressSteps steps = new ProgressSteps(super.makeProgressMonitor());
        monitor.set(steps);
        return steps;
    }

    @Override
    public boolean isCancelled() {
        return super.isCancelled()
                || Optional.ofNullable(monitor.get())
                        .map(ProgressSteps::cancelled)
                        .orElse(false);
    }

    /** Moves the bar; from any thread, once the task runs. */
    void show(long done, long total, String step) {
        Optional.ofNullable(monitor.get()).ifPresent(steps -> steps.show(done, total, step));
    }
}
