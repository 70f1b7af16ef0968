package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
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
    private static final String CANCELED = "Canceled; nothing was changed.";

    private final QuPathGUI qupath;

    /** What was asked for last; proposed the next time. */
    private SegmentRequest last = SegmentRequest.FIRST;

    SegmentCommand(QuPathGUI qupath) {
        this.qupath = qupath;
    }

    /** Called on the JavaFX thread. */
    void run(ImageData<BufferedImage> image) {
        try {
            boolean selected = image.getHierarchy().getSelectionModel().getSelectedObjects().stream()
                    .anyMatch(PathObject::hasROI);
            SegmentDialog dialog = new SegmentDialog(selected ? last : last.ofWholeImage());
            // what was entered is not lost by an error
            while (Dialogs.showConfirmDialog("TransFuse: segment", dialog.content())) {
                if (isAccepted(dialog, image)) {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            Dialogs.showErrorMessage(TITLE, message(e));
        }
    }

    private boolean isAccepted(SegmentDialog dialog, ImageData<BufferedImage> image) {
        try {
            SegmentRequest request = dialog.request();
            Collection<PathObject> parents = parents(request, image);
            TransFuseSegmenter segmenter = request.builder().build();
            segmenter.check(image);
            last = request;
            if (isDownloadAllowed()) {
                start(new Job(
                        image,
                        parents,
                        request,
                        RecordedSelection.of(parents, image.getHierarchy().getRootObject()),
                        segmenter));
            }
            return true;
        } catch (IOException | RuntimeException e) {
            dialog.refuse(e);
            return false;
        }
    }

    private static Collection<PathObject> parents(SegmentRequest request, ImageData<BufferedImage> image) {
        return request.scope() == SegmentRequest.Scope.WHOLE_IMAGE
                ? List.of(image.getHierarchy().getRootObject())
                : TransFuseSegmenter.drawn(
                        image.getHierarchy().getSelectionModel().getSelectedObjects());
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

    /** What is segmented, and how. */
    private record Job(
            ImageData<BufferedImage> image,
            Collection<PathObject> parents,
            SegmentRequest request,
            List<String> selection,
            TransFuseSegmenter segmenter) {}

    private void start(Job job) {
        // the progress dialog must not be waited for on the JavaFX thread
        Thread thread = new Thread(
                () -> {
                    ProgressRunner runner = new ProgressRunner(qupath);
                    runner.runTasks(List.of(new Run(runner, job)));
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
        private final ProgressRunner runner;
        private final Job job;
        private volatile String outcome = "Segmenting";
        private volatile boolean failed;

        Run(ProgressRunner runner, Job job) {
            this.runner = runner;
            this.job = job;
        }

        @Override
        public void run() {
            try (TransFuseSegmenter segmenter = job.segmenter) {
                TransFuse.loadEngine(this::received);
                report(0, 1, "Segmenting");
                SegmentationRun result = segmenter.segment(job.image, job.parents, this);
                outcome = describe(result);
                if (!result.canceled()) {
                    job.image
                            .getHistoryWorkflow()
                            .addStep(new DefaultScriptableWorkflowStep(
                                    "TransFuse segmentation",
                                    job.request.parameters(),
                                    job.request.script(job.selection)));
                }
            } catch (IOException | RuntimeException e) {
                // a download or a file that was left in the middle tells it as a fault of its own
                failed = !isCanceled();
                outcome = failed ? message(e) : CANCELED;
            }
        }

        private boolean received(long done, long total) {
            report(0, 1, String.format("Fetching PyTorch: %.0f of %.0f MB", done / MEGABYTE, total / MEGABYTE));
            return !isCanceled();
        }

        private static String describe(SegmentationRun result) {
            if (result.canceled()) {
                return CANCELED;
            }
            String missing = result.failedTiles() == 0 ? "" : ", " + result.failedTiles() + " regions unreadable";
            return result.objects() + " objects from " + result.tiles() + " tiles in " + result.millis() / 1000 + " s"
                    + missing + (result.notes().isEmpty() ? "" : ". " + String.join(" ", result.notes()));
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
