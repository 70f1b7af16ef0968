package io.github.transfuse.qupath;

import io.github.transfuse.BatchListener;
import io.github.transfuse.TransFuse;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import qupath.fx.dialogs.Dialogs;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.images.ImageData;
import qupath.lib.objects.PathObject;
import qupath.lib.plugins.PathTask;
import qupath.lib.plugins.workflow.DefaultScriptableWorkflowStep;

/** Extensions &gt; TransFuse &gt; Segment...: asks, runs in the background with QuPath's progress dialog, and records. */
final class SegmentCommand {
    private static final String TITLE = "TransFuse";
    private static final double MEGABYTE = 1e6;

    private final QuPathGUI qupath;

    SegmentCommand(QuPathGUI qupath) {
        this.qupath = qupath;
    }

    /** Called on the JavaFX thread. */
    void run(ImageData<BufferedImage> image) {
        try {
            SegmentDialog dialog = new SegmentDialog();
            if (Dialogs.showConfirmDialog("TransFuse: segment", dialog.content()) && isDownloadAllowed()) {
                start(image, dialog.request());
            }
        } catch (IOException | RuntimeException e) {
            Dialogs.showErrorMessage(TITLE, message(e));
        }
    }

    /** Whether everything is there, or the user agrees that it is fetched. */
    static boolean isDownloadAllowed() {
        long bytes = TransFuse.downloadBytes();
        return bytes == 0
                || Dialogs.showConfirmDialog(
                        TITLE,
                        String.format(
                                "PyTorch is not here yet: %.0f MB will be fetched from Maven Central, once. Go on?",
                                bytes / MEGABYTE));
    }

    private void start(ImageData<BufferedImage> image, SegmentRequest request) {
        Collection<PathObject> parents = request.scope() == SegmentRequest.Scope.WHOLE_IMAGE
                ? List.of(image.getHierarchy().getRootObject())
                : TransFuseSegmenter.drawn(
                        image.getHierarchy().getSelectionModel().getSelectedObjects());
        // the progress dialog must not be waited for on the JavaFX thread
        Thread thread = new Thread(
                () -> {
                    ProgressRunner runner = new ProgressRunner(qupath);
                    runner.runTasks(List.of(new Run(image, parents, request, runner)));
                },
                "transfuse-segment");
        thread.setDaemon(true);
        thread.start();
    }

    /** Also for exceptions without a text. */
    static String message(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** The work behind the progress dialog; its task completes on the JavaFX thread. */
    private static final class Run implements PathTask, BatchListener {
        private final ImageData<BufferedImage> image;
        private final Collection<PathObject> parents;
        private final SegmentRequest request;
        private final ProgressRunner runner;
        private volatile String outcome = "Segmenting";
        private volatile boolean failed;

        Run(
                ImageData<BufferedImage> image,
                Collection<PathObject> parents,
                SegmentRequest request,
                ProgressRunner runner) {
            this.image = image;
            this.parents = parents;
            this.request = request;
            this.runner = runner;
        }

        @Override
        public void run() {
            try {
                TransFuse.loadEngine((done, total) -> !isCanceled());
                report(0, 1, "Segmenting");
                try (TransFuseSegmenter segmenter = request.builder().build()) {
                    SegmentationRun result = segmenter.segment(image, parents, this);
                    outcome = describe(result);
                    if (!result.cancelled()) {
                        image.getHistoryWorkflow()
                                .addStep(new DefaultScriptableWorkflowStep(
                                        "TransFuse segmentation", request.script(segmenter.normalization())));
                    }
                }
            } catch (IOException | RuntimeException e) {
                failed = true;
                outcome = message(e);
            }
        }

        private static String describe(SegmentationRun result) {
            if (result.cancelled()) {
                return "Cancelled; nothing was changed.";
            }
            String missing = result.failedTiles() == 0 ? "" : ", " + result.failedTiles() + " regions unreadable";
            return result.objects() + " objects from " + result.tiles() + " tiles in " + result.millis() / 1000 + " s"
                    + missing;
        }

        @Override
        public void report(long done, long total, String step) {
            runner.show(done, total, step);
        }

        @Override
        public boolean isCanceled() {
            return runner.isCancelled() || Thread.currentThread().isInterrupted();
        }

        @Override
        public void taskComplete(boolean wasCancelled) {
            if (failed && !wasCancelled) {
                Dialogs.showErrorMessage(TITLE, outcome);
            } else {
                Dialogs.showInfoNotification(TITLE, outcome);
            }
        }

        @Override
        public String getLastResultsDescription() {
            return outcome;
        }
    }
}
