package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;

/** The fields of the dialog, and what the user entered. Used on the JavaFX thread. */
final class SegmentDialog {
    private static final double GAP = 8;
    private static final double CARD_WIDTH = 460;
    private static final double CARD_HEIGHT = 120;

    private final List<ModelCatalogue.Entry> models;
    private final ComboBox<String> model = new ComboBox<>();
    private final Label card = new Label();
    private final ComboBox<String> device = new ComboBox<>();
    private final TextField channels = new TextField();
    private final TextField threshold = new TextField();
    private final TextField pixelSize = new TextField();
    private final TextField minArea = new TextField("0");
    private final ChoiceBox<String> objects = new ChoiceBox<>();
    private final ChoiceBox<SegmentRequest.Scope> scope = new ChoiceBox<>();
    private final CheckBox tissueOnly = new CheckBox("Leave out the glass around the tissue");
    private final CheckBox measurements = new CheckBox("Add mean probability and area");

    SegmentDialog() throws IOException {
        models = SlideModels.list();
        model.getItems().setAll(models.stream().map(ModelCatalogue.Entry::name).toList());
        model.setEditable(true);
        model.setValue(models.isEmpty() ? ModelCatalogue.DEFAULT : models.get(0).name());
        model.valueProperty().addListener((property, before, now) -> showCard(now));
        showCard(model.getValue());
        card.setWrapText(true);
        card.setPrefWidth(CARD_WIDTH);
        // the dialog has its size when another model's card is shown
        card.setMinHeight(CARD_HEIGHT);
        card.setAlignment(Pos.TOP_LEFT);
        device.getItems().setAll("auto", "cpu", "cuda", "mps");
        device.setEditable(true);
        device.setValue("auto");
        channels.setPromptText("as they come, or such as 1,2,3");
        threshold.setPromptText("of the model");
        pixelSize.setPromptText("of the model");
        objects.getItems().setAll("annotations", "detections");
        objects.setValue("annotations");
        scope.getItems().setAll(SegmentRequest.Scope.values());
        scope.setValue(SegmentRequest.Scope.SELECTED);
        measurements.setSelected(true);
    }

    private void showCard(String name) {
        card.setText(models.stream()
                .filter(entry -> entry.name().equals(name))
                .map(SegmentDialog::describe)
                .findFirst()
                .orElse("A model folder."));
    }

    private static String describe(ModelCatalogue.Entry entry) {
        String size = entry.spec()
                .input()
                .sampling()
                .pixelSize()
                .map(s -> " " + s.get(0) + " " + entry.spec().input().sampling().unit() + " per pixel.")
                .orElse("");
        return entry.spec().identity().title() + ". " + entry.spec().identity().description() + size;
    }

    Node content() {
        GridPane grid = new GridPane();
        grid.setHgap(GAP);
        grid.setVgap(GAP);
        Node[] fields = {
            model, card, device, channels, threshold, pixelSize, minArea, objects, scope, tissueOnly, measurements
        };
        String[] labels = {
            "Model",
            "",
            "Device",
            "Channels",
            "Threshold",
            "Pixel size (µm)",
            "Min area (µm²)",
            "Make",
            "Segment",
            "",
            ""
        };
        for (int row = 0; row < fields.length; row++) {
            grid.addRow(row, new Label(labels[row]), fields[row]);
        }
        return grid;
    }

    /**
     * What the user asked for.
     *
     * @throws IllegalArgumentException if a field holds something that is not a number
     */
    SegmentRequest request() {
        return new SegmentRequest(
                model.getValue().strip(),
                device.getValue().strip(),
                text(channels),
                optional("Threshold", threshold),
                optional("Pixel size", pixelSize),
                new SlideOptions.Objects(
                        "detections".equals(objects.getValue()),
                        text(minArea).map(t -> number("Min area", t)).orElse(0.0),
                        tissueOnly.isSelected(),
                        measurements.isSelected()),
                scope.getValue());
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
