package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.SlideModels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

/** The fields of the dialog, and what the user entered. Used on the JavaFX thread. */
final class SegmentDialog {
    private static final double GAP = 8;
    private static final double CARD_WIDTH = 472;
    private static final double CARD_HEIGHT = 100;
    private static final double PICTURE_HEIGHT = 115;

    private final List<ModelCatalogue.Entry> models;
    private final ComboBox<String> model = new ComboBox<>();
    private final ImageView picture = new ImageView();
    private final Label card = new Label();
    private final SettingRows rows;
    private final ChoiceBox<SegmentRequest.Scope> scope = new ChoiceBox<>();
    private final ProblemLabel problem = new ProblemLabel(CARD_WIDTH);

    /**
     * A dialog.
     *
     * @param proposed what its fields say
     * @throws IOException if the folders of models cannot be read
     */
    SegmentDialog(SegmentRequest proposed) throws IOException {
        models = SlideModels.list();
        model.getItems().setAll(models.stream().map(ModelCatalogue.Entry::name).toList());
        model.setEditable(true);
        model.valueProperty().addListener((property, before, now) -> showCard(now));
        picture.setPreserveRatio(true);
        picture.setFitWidth(CARD_WIDTH);
        picture.setFitHeight(PICTURE_HEIGHT);
        card.setWrapText(true);
        card.setPrefWidth(CARD_WIDTH);
        // the dialog has its size when another model's card is shown
        card.setMinHeight(CARD_HEIGHT);
        card.setAlignment(Pos.TOP_LEFT);
        rows = new SettingRows(proposed.settings(), SegmentRequest.SHOWN);
        scope.getItems().setAll(SegmentRequest.Scope.values());
        model.setValue(proposed.settings().get(Keys.MODEL));
        scope.setValue(proposed.scope());
    }

    /** Tells why what was entered is not accepted, when the dialog is shown again. */
    void refuse(Throwable why) {
        problem.say(why);
    }

    private void showCard(String name) {
        Optional<ModelCatalogue.Entry> entry =
                models.stream().filter(known -> known.name().equals(name)).findFirst();
        card.setText(entry.map(SlideModels::describe).orElse("A model folder."));
        Optional<BufferedImage> shown = entry.flatMap(SlideModels::picture);
        picture.setImage(shown.map(image -> SwingFXUtils.toFXImage(image, null)).orElse(null));
    }

    Node content() {
        GridPane grid = new GridPane();
        grid.setHgap(GAP);
        grid.setVgap(GAP);
        StackPane frame = new StackPane(picture);
        frame.setMinHeight(PICTURE_HEIGHT);
        frame.setAlignment(Pos.CENTER_LEFT);
        row(grid, "Model", model);
        row(grid, "", frame);
        row(grid, "", card);
        rows.addTo((label, field) -> row(grid, label, field));
        row(grid, "Segment", scope);
        row(grid, "", problem);
        return grid;
    }

    private static void row(GridPane grid, String label, Node field) {
        grid.addRow(grid.getRowCount(), new Label(label), field);
    }

    /**
     * What the user asked for.
     *
     * @throws IllegalArgumentException if a field holds something that cannot be
     */
    SegmentRequest request() {
        String name = model.getValue() == null ? "" : model.getValue().strip();
        return new SegmentRequest(rows.read(Settings.slides().with(Keys.MODEL, name)), scope.getValue());
    }
}
