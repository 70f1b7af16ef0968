package io.github.transfuse.qupath;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import qupath.fx.dialogs.Dialogs;
import qupath.fx.dialogs.FileChoosers;
import qupath.lib.gui.QuPathGUI;
import qupath.lib.gui.TaskRunnerFX;
import qupath.lib.images.ImageData;
import qupath.lib.plugins.PathTask;
import qupath.lib.projects.ProjectImageEntry;

/** Extensions &gt; TransFuse &gt; Export training set...: writes annotated regions for {@code transfuse train}. */
final class TrainCommand {
    private static final String TITLE = "TransFuse: export training set";
    private static final double GAP = 8;

    private final QuPathGUI qupath;

    TrainCommand(QuPathGUI qupath) {
        this.qupath = qupath;
    }

    /** Called on the JavaFX thread. */
    void export(ImageData<BufferedImage> image) {
        TextField pixelSize = new TextField("0.5");
        CheckBox project = new CheckBox("All images of the project");
        project.setDisable(qupath.getProject() == null);
        VBox content = new VBox(
                GAP,
                new Label("Regions of the classes Training and Validation are written."),
                new Label("Pixel size (µm)"),
                pixelSize,
                project);
        if (!Dialogs.showConfirmDialog(TITLE, content)) {
            return;
        }
        File folder = FileChoosers.promptForDirectory(TITLE, null);
        if (folder == null) {
            return;
        }
        try {
            TrainingSetExport export = new TrainingSetExport(
                    folder.getPath(), Double.parseDouble(pixelSize.getText().strip()));
            Export task = new Export(export, image, project.isSelected() ? entries() : List.of());
            Thread thread = new Thread(() -> new TaskRunnerFX(qupath, 1).runTasks(List.of(task)), "transfuse-export");
            thread.setDaemon(true);
            thread.start();
        } catch (IllegalArgumentException e) {
            Dialogs.showErrorMessage(TITLE, "Pixel size: " + SegmentCommand.message(e));
        }
    }

    private List<ProjectImageEntry<BufferedImage>> entries() {
        return qupath.getProject().getImageList();
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
                int regions = entries.isEmpty() ? export.add(image) : exportAll();
                outcome = regions + " regions were written.";
            } catch (IOException | RuntimeException e) {
                failed = true;
                outcome = SegmentCommand.message(e);
            }
        }

        private int exportAll() throws IOException {
            int regions = 0;
            for (ProjectImageEntry<BufferedImage> entry : entries) {
                if (entry.hasImageData() && !Thread.currentThread().isInterrupted()) {
                    ImageData<BufferedImage> data = entry.readImageData();
                    regions += TrainingSetExport.hasRegions(data) ? export.add(data) : 0;
                }
            }
            return regions;
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
