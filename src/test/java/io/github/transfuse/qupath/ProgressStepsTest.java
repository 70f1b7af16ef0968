package io.github.transfuse.qupath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import qupath.lib.plugins.SimpleProgressMonitor;
import qupath.lib.regions.ImageRegion;

/** The bar moves within a task, never backwards, and is full only at the end. */
class ProgressStepsTest {
    private final Dialog dialog = new Dialog();
    private final ProgressSteps steps = new ProgressSteps(dialog);

    private static final class Dialog implements SimpleProgressMonitor {
        int max;
        int value;
        String text = "";
        boolean cancelled;

        @Override
        public void startMonitoring(String message, int maxProgress, boolean mayCancel) {
            max = maxProgress;
        }

        @Override
        public void updateProgress(int increment, String message, ImageRegion region) {
            assertTrue(increment >= 0, "backwards");
            value += increment;
            text = message;
        }

        @Override
        public void pluginCompleted(String message) {
            value = max;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    @Test
    void movesWithinATask() {
        steps.startMonitoring("Running", 1, true);
        steps.show(3, 12, "Tiles");
        assertEquals(0.25, dialog.value / (double) dialog.max, 0.01);
        assertEquals("Tiles", dialog.text);
        steps.show(2, 12, "Tiles");
        steps.show(12, 12, "Tiles");
        steps.show(0, 0, "Tracing");
        // QuPath closes the dialog when the bar is full: that is for the end of the task
        assertEquals(dialog.max - 1, dialog.value);
        steps.updateProgress(1, "Done", null);
        assertEquals(dialog.max, dialog.value);
    }

    @Test
    void knowsOfCancelWhileTheTaskRuns() {
        assertFalse(steps.cancelled());
        dialog.cancelled = true;
        assertTrue(steps.cancelled());
    }
}
