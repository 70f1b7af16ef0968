package io.github.transfuse.qupath;

import io.github.transfuse.model.GeneralStart;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.SlideModels;
import io.github.transfuse.slide.TrainingRequest;
import io.github.transfuse.slide.TrainingStart;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import qupath.fx.dialogs.Dialogs;

/** The fields for a training or an export, and what the user entered. Used on the JavaFX thread. */
final class TrainDialog {
    /** What everybody looks at, of the export. */
    static final List<SettingKey<?>> DRAWN = List.of(Keys.LEARN, Keys.DETECTIONS, Keys.SPARSE);

    /** Behind More, of the export. */
    static final List<SettingKey<?>> WRITTEN = List.of(Keys.PIXEL_SIZE, Keys.VALIDATION_SHARE);

    /** Behind More, of the training. */
    static final List<SettingKey<?>> LEARNED = List.of(
            Keys.MINUTES,
            Keys.EPOCHS,
            Keys.PATIENCE,
            Keys.TILE_SIZE,
            Keys.BATCH_SIZE,
            Keys.LEARNING_RATE,
            Keys.AUGMENT,
            Keys.VARIANT,
            Keys.DEVICE);

    private static final double COUNTS_HEIGHT = 110;
    private static final double COUNTS_WIDTH = 540;

    private final boolean training;
    private final TextField name = new TextField();
    private final ModelField start;
    private final SettingRows drawn;
    private final SettingRows written;
    private final SettingRows learned;
    private final CheckBox project = new CheckBox("All images of the project");
    private final Label counts = new Label();

    /**
     * The fields.
     *
     * @param training whether something is trained; otherwise only written
     * @param asked what the fields of the training say
     * @param export what the others say
     */
    TrainDialog(boolean training, Settings asked, Settings export) {
        this.training = training;
        start = new ModelField(
                        List.of(TrainingStart.NEW, GeneralStart.NAME, TrainingStart.IMAGENET, TrainingStart.RANDOM),
                        models(),
                        "Start from")
                .small();
        start.value().set(asked.written(Keys.START_FROM));
        drawn = new SettingRows(export, DRAWN);
        written = new SettingRows(export, WRITTEN);
        learned = new SettingRows(asked, LEARNED);
        project.setTooltip(
                new Tooltip("All that were saved, and the open image as it is now; otherwise the open image alone."));
        name.setPromptText("such as my-nuclei");
        name.setTooltip(new Tooltip("Letters, digits, points and hyphens. The list of models shows it afterwards."));
        counts.setWrapText(true);
        counts.setPrefWidth(COUNTS_WIDTH);
        // the window has its size before anything was counted
        counts.setMinHeight(COUNTS_HEIGHT);
        counts.setAlignment(Pos.TOP_LEFT);
    }

    /** What can be started from; a list that cannot be read keeps nobody from a new model. */
    private static List<ModelCatalogue.Entry> models() {
        try {
            return SlideModels.list();
        } catch (IOException e) {
            Dialogs.showWarningNotification(TrainCommand.TITLE, SegmentCommand.message(e));
            return List.of();
        }
    }

    /** Runs when something changes what there is to learn. */
    void onChange(Runnable changed) {
        drawn.onChange(changed);
        project.selectedProperty().addListener((property, before, now) -> changed.run());
        start.value().addListener((property, before, now) -> changed.run());
    }

    List<Node> content() {
        DialogGrid grid = new DialogGrid();
        if (training) {
            grid.add("Name of the model", name);
            grid.add("Start from", start);
        }
        drawn.addTo(grid::add);
        grid.add("Images", project);
        DialogGrid more = new DialogGrid();
        written.addTo(more::add);
        if (training) {
            learned.addTo(more::add);
        }
        return List.of(grid.pane(), more.more(), new Label("What there is to learn:"), counts);
    }

    /** Whether all images of the project are meant, if there is one. */
    boolean isProject() {
        return project.isSelected() && !project.isDisabled();
    }

    /** Says whether there is a project. */
    void project(boolean open) {
        project.setDisable(!open);
    }

    void counts(String text) {
        counts.setText(text);
        Optional.ofNullable(counts.getScene())
                .ifPresent(scene -> scene.getWindow().sizeToScene());
    }

    /**
     * Settings of the export.
     *
     * @throws IllegalArgumentException if a field holds something that cannot be
     */
    Settings export() {
        return written.read(drawn.read(Settings.exporting()));
    }

    /** Settings of the training, as {@link #export()}. */
    Settings asked() {
        String from = start.text();
        Settings open = Settings.training();
        return learned.read(from.isEmpty() || from.equals(TrainingStart.NEW) ? open : open.with(Keys.START_FROM, from));
    }

    /** All of it. */
    TrainingRequest request() {
        return new TrainingRequest(name.getText() == null ? "" : name.getText().strip(), asked(), export());
    }
}
