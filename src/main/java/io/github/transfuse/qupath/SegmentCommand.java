package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.batch.BatchListener;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.Counted;
import io.github.transfuse.slide.SlideException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;
import qupath.fx.dialogs.Dialogs;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.gui.viewer.QuPathViewer;
import qupath.lib.images.ImageData;
import qupath.lib.objects.PathObject;
import qupath.lib.objects.hierarchy.PathObjectHierarchy;
import qupath.lib.plugins.PathTask;
import qupath.lib.plugins.workflow.DefaultScriptableWorkflowStep;
import qupath.lib.scripting.QP;

/** Extensions &gt; TransFuse &gt; Segment...: asks, runs in the background with QuPath's progress dialog, and records. */
final class SegmentCommand {
    private static final String TITLE = "TransFuse";
    private static final double MEGABYTE = 1e6;

    /** Milliseconds between two looks at what is selected. */
    private static final double LOOK = 400;

    private static final String CANCELED = "Canceled; nothing was changed.";

    private final QuPathGUI qupath;
    private final Remembered remembered = new Remembered("segment", Settings.slides());
    private Optional<AskStage> shown = Optional.empty();

    SegmentCommand(QuPathGUI qupath) {
        this.qupath = qupath;
    }

    /** Shows the window, which stays open until it is closed. Called on the JavaFX thread. */
    void show(ImageData<BufferedImage> image) {
        if (shown.filter(open -> open.stage().isShowing()).isPresent()) {
            shown.get().stage().toFront();
            return;
        }
        try {
            boolean selected = selected(image) > 0;
            SegmentRequest proposed = new SegmentRequest(
                    remembered.recall(), selected ? SegmentRequest.Scope.SELECTED : SegmentRequest.Scope.WHOLE_IMAGE);
            SegmentDialog dialog = new SegmentDialog(
                    proposed,
                    new ServerRegions(image.getServer()).info(),
                    SeenImage.channels(image),
                    image.isBrightfield());
            AskStage ask = new AskStage("TransFuse: segment", Optional.of(qupath.getStage()), "Segment");
            shown = Optional.of(ask);
            fill(ask, dialog);
        } catch (IOException | RuntimeException e) {
            Dialogs.showErrorMessage(TITLE, message(e));
        }
    }

    private void fill(AskStage ask, SegmentDialog dialog) {
        VisiblePreview preview = new VisiblePreview(qupath::getViewer, dialog::tell);
        Button look = new Button("Preview");
        look.setTooltip(new Tooltip("Outlines of what is found in the part of the image that is shown."));
        look.setOnAction(event -> ask.attempt(() -> preview.ask(dialog.request())));
        ask.left(HelpStage.button(HelpStage.text(Task.SLIDE, SegmentRequest.SHOWN)))
                .left(look);
        // what is selected changes in many ways, none of which is ours
        Timeline watch = new Timeline(new KeyFrame(Duration.millis(LOOK), event -> dialog.selected(selected(image()))));
        watch.setCycleCount(Animation.INDEFINITE);
        watch.play();
        ask.stage().setOnHidden(event -> {
            watch.stop();
            preview.remove();
        });
        ask.show(
                dialog.content(List.of(
                        selecting("Select all annotations", QP::selectAnnotations, dialog),
                        selecting("Select TMA cores", QP::selectTMACores, dialog))),
                () -> accept(dialog));
    }

    private Button selecting(String label, Consumer<PathObjectHierarchy> select, SegmentDialog dialog) {
        Button button = new Button(label);
        button.setTooltip(new Tooltip("Selects them in the image, and chooses to segment what is selected."));
        button.setOnAction(event -> Optional.ofNullable(image()).ifPresent(image -> {
            select.accept(image.getHierarchy());
            dialog.selected(selected(image));
            dialog.scope(SegmentRequest.Scope.SELECTED);
        }));
        return button;
    }

    private ImageData<BufferedImage> image() {
        return qupath.getImageData();
    }

    private static int selected(ImageData<BufferedImage> image) {
        return image == null
                ? 0
                : (int) image.getHierarchy().getSelectionModel().getSelectedObjects().stream()
                        .filter(PathObject::hasROI)
                        .count();
    }

    private void accept(SegmentDialog dialog) throws IOException {
        ImageData<BufferedImage> image = image();
        if (image == null) {
            throw new SlideException("No image is open. Open one first.");
        }
        QuPathViewer viewer = qupath.getViewer();
        SegmentRequest request = dialog.request().at(viewer.getZPosition(), viewer.getTPosition());
        Collection<PathObject> parents = parents(request, image);
        TransFuseSegmenter segmenter = request.builder().build();
        try {
            segmenter.check(image);
        } catch (RuntimeException e) {
            segmenter.close();
            throw e;
        }
        List<SettingKey<?>> kept = new ArrayList<>(SegmentRequest.SHOWN);
        kept.add(Keys.MODEL);
        // the channels of this image are not those of the next
        kept.remove(Keys.SLIDE_CHANNELS);
        remembered.keep(request.settings(), kept);
        if (isDownloadAllowed()) {
            start(new Job(
                    image,
                    parents,
                    request,
                    RecordedSelection.of(parents, image.getHierarchy().getRootObject()),
                    segmenter));
        } else {
            segmenter.close();
        }
    }

    private static Collection<PathObject> parents(SegmentRequest request, ImageData<BufferedImage> image) {
        return request.scope() == SegmentRequest.Scope.SELECTED
                ? SelectedAreas.drawn(image.getHierarchy().getSelectionModel().getSelectedObjects())
                : List.of(image.getHierarchy().getRootObject());
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
    static final class Run implements PathTask, BatchListener {
        private final ProgressRunner runner;
        private final Job job;
        private final Speed speed = new Speed(System::nanoTime);
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

        static String describe(SegmentationRun result) {
            if (result.canceled()) {
                return CANCELED;
            }
            String missing =
                    result.failedTiles() == 0 ? "" : ", " + Counted.of(result.failedTiles(), "region") + " unreadable";
            return Counted.of(result.objects(), "object") + " from " + Counted.of(result.tiles(), "tile") + " in "
                    + result.millis() / 1000 + " s"
                    + missing + (result.notes().isEmpty() ? "" : ". " + String.join(" ", result.notes()));
        }

        @Override
        public void report(long done, long total, String step) {
            runner.show(done, total, speed.text(done, total) + step);
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
