package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.slide.ObjectKind;
import io.github.transfuse.slide.SlideModels;
import io.github.transfuse.slide.SlideOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
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
    private final ComboBox<String> device = new ComboBox<>();
    private final TextField channels = new TextField();
    private final TextField threshold = new TextField();
    private final TextField pixelSize = new TextField();
    private final TextField minArea = new TextField();
    private final ChoiceBox<ObjectKind> objects = new ChoiceBox<>();
    private final ChoiceBox<SegmentRequest.Scope> scope = new ChoiceBox<>();
    private final CheckBox tissueOnly = new CheckBox("Leave out the glass around the tissue");
    private final CheckBox measurements = new CheckBox("Add mean probability and area");
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
        device.getItems().setAll("auto", "cpu", "cuda", "mps");
        device.setEditable(true);
        channels.setPromptText("as they come, or such as 1,2,3");
        threshold.setPromptText("of the model");
        pixelSize.setPromptText("of the model");
        objects.getItems().setAll(ObjectKind.values());
        scope.getItems().setAll(SegmentRequest.Scope.values());
        fill(proposed);
    }

    private void fill(SegmentRequest proposed) {
        model.setValue(proposed.model());
        device.setValue(proposed.device());
        channels.setText(proposed.channels().orElse(""));
        threshold.setText(text(proposed.threshold()));
        pixelSize.setText(text(proposed.pixelSize()));
        minArea.setText(Double.toString(proposed.objects().minArea()));
        objects.setValue(proposed.objects().kind());
        scope.setValue(proposed.scope());
        tissueOnly.setSelected(proposed.objects().tissueOnly());
        measurements.setSelected(proposed.objects().measurements());
    }

    /** Tells why what was entered is not accepted, when the dialog is shown again. */
    void refuse(Throwable why) {
        problem.say(why);
    }

    private static String text(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
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
        row(grid, "Device", device);
        row(grid, "Channels", channels);
        row(grid, "Threshold", threshold);
        row(grid, "Pixel size (µm)", pixelSize);
        row(grid, "Min area (µm²)", minArea);
        row(grid, "Make", objects);
        row(grid, "Segment", scope);
        row(grid, "", tissueOnly);
        row(grid, "", measurements);
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
        return new SegmentRequest(
                strip(model.getValue()),
                strip(device.getValue()),
                text(channels),
                optional("Threshold", threshold),
                optional("Pixel size", pixelSize),
                new SlideOptions.Objects(
                        objects.getValue(),
                        text(minArea).map(t -> number("Min area", t)).orElse(0.0),
                        tissueOnly.isSelected(),
                        measurements.isSelected()),
                scope.getValue());
    }

    /** Editable lists have no value once their text was deleted. */
    private static String strip(String value) {
        return value == null ? "" : value.strip();
    }

    private static Optional<String> text(TextField field) {
        return Optional.of(field.getText().strip()).filter(text -> !text.isEmpty());
    }

    private static OptionalDouble optional(String name, TextField field) {
        return text(field).map(text -> OptionalDouble.of(number(name, text))).orElse(OptionalDouble.empty());
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' is not a number. Write 0.5, with a point.", e);
        }
    }
}
