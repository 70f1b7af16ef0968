package io.github.transfuse.qupath;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.view.PreviewStrip;
import io.github.transfuse.view.TrainingCurves;
import io.github.transfuse.view.TrainingMonitor;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * The live view of a training: curves, validation examples, status, and buttons to pause and to stop. Closing it does not
 * end the training. Used on the JavaFX thread; the monitor may be called from any.
 */
final class TrainingStage {
    private static final String TITLE = "TransFuse training";
    private static final int WIDTH = 960;
    private static final int CURVES_HEIGHT = 300;
    private static final int STRIP_HEIGHT = 190;
    private static final int STATUS_HEIGHT = 54;
    private static final int NOTE_ROWS = 4;
    private static final int LARGE_SIDE = 420;
    private static final int LARGE_COLUMNS = 3;
    private static final double GAP = 8;

    private final TrainingMonitor monitor;
    private final Stage stage = new Stage();
    private final Label status = new Label();
    private final ImageView curves = new ImageView();
    private final ImageView strip = new ImageView();
    private final ProgressBar progress = new ProgressBar(0);
    private final TextArea notes = new TextArea();
    private final ToggleButton pause = new ToggleButton("Pause");
    private final Button stop = new Button("Stop and keep the best");
    private final AtomicBoolean waiting = new AtomicBoolean();
    private int shownEpochs = -1;

    private TrainingStage(TrainingMonitor monitor, Window owner) {
        this.monitor = monitor;
        notes.setEditable(false);
        notes.setWrapText(true);
        notes.setPrefRowCount(NOTE_ROWS);
        progress.setMaxWidth(Double.MAX_VALUE);
        pause.setOnAction(event -> pausePressed());
        stop.setOnAction(event -> stopPressed());
        HBox buttons = new HBox(GAP, progress, pause, stop);
        HBox.setHgrow(progress, Priority.ALWAYS);
        // room for what is not there yet: the window keeps the size that it opens with
        status.setMinHeight(STATUS_HEIGHT);
        status.setAlignment(Pos.TOP_LEFT);
        strip.setOnMouseClicked(event -> enlarge());
        Tooltip.install(strip, new Tooltip("Click to see them large."));
        StackPane examples = new StackPane(strip);
        examples.setMinHeight(STRIP_HEIGHT);
        VBox content = new VBox(GAP, status, curves, examples, buttons, notes);
        content.setPadding(new Insets(GAP));
        content.setPrefWidth(WIDTH + 2 * GAP);
        stage.initOwner(owner);
        stage.setTitle(TITLE);
        stage.setScene(new Scene(content));
    }

    /** Shows a window that follows a training. */
    static TrainingStage open(TrainingMonitor monitor, Window owner) {
        TrainingStage window = new TrainingStage(monitor, owner);
        monitor.watch(window::changed);
        window.refresh();
        window.stage.show();
        return window;
    }

    private void pausePressed() {
        monitor.pause(pause.isSelected());
        pause.setText(pause.isSelected() ? "Go on" : "Pause");
    }

    private void stopPressed() {
        monitor.stop();
        pause.setDisable(true);
        stop.setDisable(true);
        stop.setText("Stopping ...");
    }

    /** Steps may follow each other faster than they can be drawn. */
    private void changed() {
        if (waiting.compareAndSet(false, true)) {
            Platform.runLater(this::refresh);
        }
    }

    private void refresh() {
        waiting.set(false);
        status.setText(String.join("\n", monitor.status()));
        progress.setProgress(monitor.progress());
        notes.setText(String.join("\n", monitor.notes()));
        List<EpochReport> reports = monitor.reports();
        if (reports.size() != shownEpochs) {
            shownEpochs = reports.size();
            curves.setImage(SwingFXUtils.toFXImage(TrainingCurves.draw(reports, WIDTH, CURVES_HEIGHT), null));
            strip.setImage(SwingFXUtils.toFXImage(
                    PreviewStrip.fitting(
                            reports.isEmpty()
                                    ? List.of()
                                    : reports.get(reports.size() - 1).timing().previews(),
                            WIDTH,
                            STRIP_HEIGHT),
                    null));
        }
    }

    /** The validation examples of the last epoch in a window of their own. */
    private void enlarge() {
        List<EpochReport> reports = monitor.reports();
        if (reports.isEmpty()) {
            return;
        }
        EpochReport last = reports.get(reports.size() - 1);
        ImageView large = new ImageView(
                SwingFXUtils.toFXImage(PreviewStrip.draw(last.timing().previews(), LARGE_COLUMNS, LARGE_SIDE), null));
        Stage window = new Stage();
        window.initOwner(stage);
        window.setTitle(TITLE + ": epoch " + last.epoch());
        window.setScene(new Scene(new ScrollPane(large)));
        window.show();
    }

    /** Tells how the training ended, from any thread; the window stays until it is closed. */
    void ended(String sentence) {
        Platform.runLater(() -> {
            refresh();
            pause.setDisable(true);
            stop.setDisable(true);
            stop.setText("Ended");
            notes.appendText((notes.getText().isEmpty() ? "" : "\n") + sentence);
        });
    }
}
