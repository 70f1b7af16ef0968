package io.github.transfuse.qupath;

import java.util.concurrent.atomic.AtomicInteger;
import qupath.lib.plugins.SimpleProgressMonitor;
import qupath.lib.regions.ImageRegion;

/** Divides the bar of QuPath's progress dialog, which counts whole tasks, so that it moves while a task runs. */
final class ProgressSteps implements SimpleProgressMonitor {
    /** Steps of the bar, beside one for each task. */
    static final int STEPS = 1000;

    private final SimpleProgressMonitor dialog;
    private final AtomicInteger shown = new AtomicInteger();

    ProgressSteps(SimpleProgressMonitor dialog) {
        this.dialog = dialog;
    }

    /** Moves the bar forward; from any thread. */
    void show(long done, long total, String step) {
        int now = total > 0 ? (int) Math.min(STEPS, STEPS * done / total) : 0;
        int before = shown.getAndAccumulate(now, Math::max);
        dialog.updateProgress(Math.max(0, now - before), step, null);
    }

    @Override
    public void startMonitoring(String message, int maxProgress, boolean mayCancel) {
        dialog.startMonitoring(message, STEPS + maxProgress, mayCancel);
    }

    @Override
    public void updateProgress(int increment, String message, ImageRegion region) {
        dialog.updateProgress(increment, message, region);
    }

    @Override
    public void pluginCompleted(String message) {
        dialog.pluginCompleted(message);
    }

    @Override
    public boolean cancelled() {
        return dialog.cancelled();
    }
}
