package io.github.transfuse.qupath;

import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.slide.Counted;
import io.github.transfuse.slide.Learned;
import io.github.transfuse.slide.TrainingRequest;
import io.github.transfuse.slide.TrainingStart;
import io.github.transfuse.view.TrainingMonitor;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import qupath.fx.dialogs.Dialogs;
import qupath.fx.dialogs.FileChoosers;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.images.ImageData;
import qupath.lib.plugins.PathTask;
import qupath.lib.projects.Project;

/**
 * Extensions &gt; TransFuse &gt; Train... and Export training set...: counts annotated regions, writes them to a folder that
 * {@code transfuse train} reads, and learns them. Used on the JavaFX thread.
 */
final class TrainCommand {
    static final String TITLE = "TransFuse: train";
    private static final String HELP =
            "Draw annotations of the class Training (and some of Validation) around parts of the"
                    + " image in which you annotated everything that is to be learned, each annotation with its class. Detections"
                    + " that you corrected count, too.";

    private final QuPathGUI qupath;
    private final boolean training;
    private final Remembered asked = new Remembered("train", Settings.training());
    private final Remembered export = new Remembered("export", Settings.exporting());
    private final AtomicInteger counted = new AtomicInteger();
    private Optional<AskStage> shown = Optional.empty();

    /** The command that trains, or the one that only writes. */
    TrainCommand(QuPathGUI qupath, boolean training) {
        this.qupath = qupath;
        this.training = training;
    }

    /** Shows the window; it stays open while the user draws. */
    void show() {
        if (shown.filter(open -> open.stage().isShowing()).isPresent()) {
            shown.get().stage().toFront();
            return;
        }
        TrainDialog dialog = new TrainDialog(training, asked.recall(), export.recall());
        AskStage ask = new AskStage(TITLE, Optional.of(qupath.getStage()), training ? "Train" : "Export...");
        shown = Optional.of(ask);
        ask.left(HelpStage.button(String.join(
                "\n\n",
                HELP,
                HelpStage.text(Task.EXPORT, TrainDialog.DRAWN),
                HelpStage.text(Task.EXPORT, TrainDialog.WRITTEN),
                training ? HelpStage.text(Task.TRAIN, TrainDialog.LEARNED) : "")));
        dialog.onChange(() -> count(dialog));
        ask.stage().focusedProperty().addListener((property, before, now) -> {
            if (now) {
                count(dialog);
            }
        });
        dialog.project(qupath.getProject() != null);
        ask.show(dialog.content(), () -> accept(dialog, ask));
    }

    private void accept(TrainDialog dialog, AskStage ask) throws IOException {
        export.keep(
                dialog.export(),
                Task.EXPORT.specs().stream().map(row -> row.key()).toList());
        if (!training) {
            File folder = FileChoosers.promptForDirectory(TITLE, null);
            if (folder != null) {
                TrainingStart start = new TrainingStart(Settings.training(), dialog.export());
                daemon("transfuse-export", () -> new ProgressRunner(qupath)
                        .runTasks(List.of(new Export(images(dialog), start, folder.toPath()))));
                ask.stage().close();
            }
            return;
        }
        TrainingRequest request = dialog.request();
        request.settings();
        TrainingJob job = new TrainingJob(request, images(dialog));
        if (!dialog.isProject()) {
            job.look();
        }
        List<SettingKey<?>> kept = new ArrayList<>(TrainDialog.LEARNED);
        kept.add(Keys.START_FROM);
        asked.keep(dialog.asked(), kept);
        if (SegmentCommand.isDownloadAllowed()) {
            TrainingMonitor monitor = new TrainingMonitor();
            TrainingStage window = TrainingStage.open(monitor, qupath.getStage());
            daemon("transfuse-train", () -> learn(job, monitor, window));
            ask.stage().close();
        }
    }

    private static void learn(TrainingJob job, TrainingMonitor monitor, TrainingStage window) {
        try {
            Path model = job.run(monitor).folder();
            window.ended("Finished: " + job.request().name() + " is in the list of models (" + model + ")");
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            window.ended(SegmentCommand.message(e));
        }
    }

    /** What was entered, looked at without the user waiting for it. */
    private void count(TrainDialog dialog) {
        int number = counted.incrementAndGet();
        dialog.project(qupath.getProject() != null);
        try {
            TrainingStart start = new TrainingStart(dialog.asked(), dialog.export());
            List<TrainingImage> images = images(dialog);
            dialog.counts("Counting ...");
            daemon("transfuse-count", () -> {
                String text = counts(images, start);
                Platform.runLater(() -> {
                    if (number == counted.get()) {
                        dialog.counts(text);
                    }
                });
            });
        } catch (RuntimeException e) {
            dialog.counts(SegmentCommand.message(e));
        }
    }

    private static String counts(List<TrainingImage> images, TrainingStart start) {
        try {
            TrainingData data =
                    TrainingData.of(images, start.export(), start.pixelSize()).requireSomething();
            return String.join("\n", data.sentences(start.learned(data.counts())));
        } catch (IOException | RuntimeException e) {
            return SegmentCommand.message(e);
        }
    }

    private List<TrainingImage> images(TrainDialog dialog) {
        Optional<ImageData<BufferedImage>> open = Optional.ofNullable(qupath.getImageData());
        Project<BufferedImage> project = qupath.getProject();
        return dialog.isProject() && project != null
                ? TrainingImage.of(project, open)
                : open.map(TrainingImage::of).stream().toList();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Exports one image or all of a project; images without annotated regions are left out. */
    private static final class Export implements PathTask {
        private final List<TrainingImage> images;
        private final TrainingStart start;
        private final Path folder;
        private volatile String outcome = "Exporting";
        private volatile boolean failed;

        Export(List<TrainingImage> images, TrainingStart start, Path folder) {
            this.images = images;
            this.start = start;
            this.folder = folder;
        }

        @Override
        public void run() {
            try {
                TrainingData data = TrainingData.of(images, start.export(), start.pixelSize())
                        .requireSomething();
                Learned learned = start.learned(data.counts());
                outcome = Counted.of(data.write(folder, learned), "region") + " written. "
                        + String.join(" ", data.sentences(learned));
            } catch (IOException | RuntimeException e) {
                failed = true;
                outcome = SegmentCommand.message(e);
            }
        }

        @Override
        public void taskComplete(boolean wasCancelled) {
            if (failed) {
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
