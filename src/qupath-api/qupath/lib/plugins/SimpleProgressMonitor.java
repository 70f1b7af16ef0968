package qupath.lib.plugins;

import qupath.lib.regions.ImageRegion;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface SimpleProgressMonitor {
    void startMonitoring(String message, int maxProgress, boolean mayCancel);

    void updateProgress(int increment, String message, ImageRegion region);

    void pluginCompleted(String message);

    boolean cancelled();
}
