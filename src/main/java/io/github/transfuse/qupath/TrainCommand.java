package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.SlideException;
import io.github.transfuse.slide.SlideModels;
import io.github.transfuse.slide.TrainingRequest;
import io.github.transfuse.slide.TrainingSet;
import io.github.transfuse.view.TrainingMonitor;
import io.github.transfuse.view.TrainingPictures;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import qupath.fx.dialogs.Dialogs;
import qupath.fx.dialogs.FileChoosers;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.images.ImageData;
import qupath.lib.plugins.PathTask;
import qupath.lib.projects.ProjectImageEntry;

/**
 * Extensions &gt; TransFuse &gt; Train... and Export training set...: writes annotated regions to a folder that
 * {@code transfuse train} reads, and learns them.
 */
final class TrainCommand {
    private static final String TITLE = "TransFuse: train";
    private static final double GAP = 8;
    private static final double WIDTH = 420;

    private final QuPathGUI qupath;
    private final SettingRows written = new SettingRows(Settings.exporting(), List.of(Keys.PIXEL_SIZE, Keys.SPARSE));
    private final CheckBox project = new CheckBox("All images of the project");

    TrainCommand(QuPathGUI qupath) {
        this.qupath = qupath;
        project.setDisable(qupath.getProject() == null);
    }

    /** Exports only. Called on the JavaFX thread. */
    void export(ImageData<BufferedImage> image) {
        ask(fields(), () -> {
            requireRegions(image);
            Settings settings = written.read(Settings.exporting());
            File folder = FileChoosers.promptForDirectory(TITLE, null);
            if (folder != null) {
                TrainingSetExport export = new TrainingSetExport(folder.getPath(), settings);
                inBackground(new Export(export, image, entries()));
            }
        });
    }

    private void requireRegions(ImageData<BufferedImage> image) {
        if (!project.isSelected() && !TrainingSetExport.hasRegions(image)) {
            throw new SlideException(
                    "This image has no region of the class Training. Draw one, and within it annotations"
                            + " of the classes that are to be learned; or take all images of the project.");
        }
    }

    /** Shows a dialog until what was entered is accepted, or the user gives up; entries stay. */
    private static void ask(VBox content, Runnable accept) {
        ProblemLabel problem = new ProblemLabel(WIDTH);
        content.getChildren().add(problem);
        while (Dialogs.showConfirmDialog(TITLE, content)) {
            try {
                accept.run();
                return;
            } catch (RuntimeException e) {
                problem.say(e);
            }
        }
    }

    /** Exports and trains. Called on the JavaFX thread. */
    void train(ImageData<BufferedImage> image) {
        TextField name = new TextField();
        ComboBox<String> startFrom = new ComboBox<>();
        startFrom.setEditable(true);
        startFrom.setValue(TrainingRequest.NEW);
        startFrom.getItems().setAll(TrainingRequest.NEW, TrainingRequest.IMAGENET, TrainingRequest.RANDOM);
        startFrom.getItems().addAll(modelNames());
        SettingRows schedule = new SettingRows(Settings.training(), List.of(Keys.EPOCHS));
        VBox content = fields();
        content.getChildren()
                .addAll(
                        0,
                        List.of(
                                new Label("Name of the model"),
                                name,
                                new Label("Start from: auto (the nearest), imagenet, random, or a model"),
                                startFrom,
                                column(schedule)));
        ask(content, () -> {
            TrainingRequest request = new TrainingRequest(
                    name.getText().strip(),
                    schedule.read(startingFrom(startFrom.getValue())),
                    written.read(Settings.exporting()));
            request.settings();
            requireRegions(image);
            if (SegmentCommand.isDownloadAllowed()) {
                start(request, image);
            }
        });
    }

    private static Settings startingFrom(String model) {
        boolean open = model == null || model.isBlank();
        return open ? Settings.training() : Settings.training().with(Keys.START_FROM, model);
    }

    /** What can be started from; a list that cannot be read keeps nobody from a new model. */
    private static List<String> modelNames() {
        try {
            return SlideModels.list().stream().map(ModelCatalogue.Entry::name).toList();
        } catch (IOException e) {
            Dialogs.showWarningNotification(TITLE, SegmentCommand.message(e));
            return List.of();
        }
    }

    private void start(TrainingRequest request, ImageData<BufferedImage> image) {
        TrainingSetExport export = new TrainingSetExport(request.trainingSet().toString(), request.export());
        Export regions = new Export(export, image, entries());
        TrainingMonitor monitor = new TrainingMonitor();
        TrainingStage window = TrainingStage.open(monitor, qupath.getStage());
        daemon("transfuse-train", () -> learn(request, regions, monitor, window));
    }

    private static void learn(TrainingRequest request, Export regions, TrainingMonitor monitor, TrainingStage window) {
        try {
            TrainingSet.discard(request.trainingSet());
            monitor.note(regions.write() + " regions were written to " + request.trainingSet());
            TransFuse.loadEngine((done, total) -> monitor.request() != TrainingListener.Request.STOP);
            Path model = TransFuse.train(request.settings(), TrainingPictures.beside(request.settings(), monitor))
                    .path();
            window.ended("Finished: " + request.name() + " is in the list of models (" + model + ")");
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            window.ended(SegmentCommand.message(e));
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void inBackground(Export task) {
        daemon("transfuse-export", () -> new ProgressRunner(qupath).runTasks(List.of(task)));
    }

    private VBox fields() {
        return new VBox(
                GAP,
                new Label("Regions of the classes Training and Validation are written."),
                column(written),
                project);
    }

    private static VBox column(SettingRows rows) {
        VBox column = new VBox(GAP);
        rows.addTo((label, field) -> column.getChildren().addAll(new Label(label), field));
        return column;
    }

    /** All images of the project, if all are wanted. */
    private List<ProjectImageEntry<BufferedImage>> entries() {
        return project.isSelected() ? qupath.getProject().getImageList() : List.of();
    }

    /** Exports one image or all of a project; images without annotated regions are left out of a project. */
    private static final class Export implements PathTask {
        private final TrainingSetExport export;
        private final ImageData<BufferedImage> image;
        private final List<ProjectImageEntry<BufferedImage>> entries;
        private volatile String outcome = "Exporting";
        private volatile boolean failed;

        Export(
                TrainingSetExport export,
                ImageData<BufferedImage> image,
                List<ProjectImageEntry<BufferedImage>> entries) {
            this.export = export;
            this.image = image;
            this.entries = entries;
        }

        @Override
        public void run() {
            try {
                outcome = write() + " regions were written.";
            } catch (IOException | RuntimeException e) {
                failed = true;
                outcome = SegmentCommand.message(e);
            }
        }

        /** Writes the regions; how many. */
        int write() throws IOException {
            return entries.isEmpty() ? export.add(image) : exportAll();
        }

        /** Images with nothing but background come last, when it is known whether there is anything to learn. */
        private int exportAll() throws IOException {
            int regions = 0;
            List<ProjectImageEntry<BufferedImage>> background = new ArrayList<>();
            for (ProjectImageEntry<BufferedImage> entry : entries) {
                if (entry.hasImageData() && !Thread.currentThread().isInterrupted()) {
                    ImageData<BufferedImage> data = read(entry);
                    if (TrainingSetExport.hasRegions(data) && !export.hasClasses(data)) {
                        background.add(entry);
                    } else if (TrainingSetExport.hasRegions(data)) {
                        regions += export.add(data);
                    }
                }
            }
            for (ProjectImageEntry<BufferedImage> entry : background) {
                regions += Thread.currentThread().isInterrupted() ? 0 : export.add(read(entry));
            }
            return regions;
        }

        private static ImageData<BufferedImage> read(ProjectImageEntry<BufferedImage> entry) {
            try {
                return entry.readImageData();
            } catch (IOException | RuntimeException e) {
                throw new SlideException(
                        "The image " + entry.getImageName() + " of the project cannot be read (" + e
                                + "). Mend its path or remove it from the project, and export again.",
                        e);
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
