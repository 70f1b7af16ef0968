package io.github.transfuse.qupath;

import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.slide.SlideModels;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import qupath.fx.dialogs.FileChoosers;

/** A choice among models, with a picture and a description of each; folders and zips are browsed for, dropped or typed. */
final class ModelField extends VBox {
    private static final double GAP = 6;
    private static final double CARD_WIDTH = 472;
    private static final double CARD_HEIGHT = 84;
    private static final double PICTURE_HEIGHT = 115;

    private final List<ModelCatalogue.Entry> models;
    private final ComboBox<String> choice = new ComboBox<>();
    private final ImageView picture = new ImageView();
    private final Label card = new Label();

    /**
     * A choice.
     *
     * @param others what can be chosen besides models, first
     * @param models in the order in which they are shown
     * @param title of the windows in which folders are looked for
     */
    ModelField(List<String> others, List<ModelCatalogue.Entry> models, String title) {
        super(GAP);
        this.models = List.copyOf(models);
        choice.setEditable(true);
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.getItems().addAll(others);
        choice.getItems().addAll(models.stream().map(ModelCatalogue.Entry::name).toList());
        choice.valueProperty().addListener((property, before, now) -> showCard(now));
        choice.setTooltip(
                new Tooltip("A model of the list, or the folder or zip of one. It can be dropped here, too."));
        Button browse = new Button("Browse...");
        browse.setTooltip(new Tooltip("Looks for the folder of a model."));
        browse.setOnAction(event -> Optional.ofNullable(FileChoosers.promptForDirectory(title, null))
                .map(File::getPath)
                .ifPresent(choice::setValue));
        HBox line = new HBox(GAP, choice, browse);
        HBox.setHgrow(choice, Priority.ALWAYS);
        picture.setPreserveRatio(true);
        picture.setFitWidth(CARD_WIDTH);
        picture.setFitHeight(PICTURE_HEIGHT);
        StackPane frame = new StackPane(picture);
        frame.setMinHeight(PICTURE_HEIGHT);
        frame.setAlignment(Pos.CENTER_LEFT);
        card.setWrapText(true);
        card.setPrefWidth(CARD_WIDTH);
        // the window has its size when another model's card is shown
        card.setMinHeight(CARD_HEIGHT);
        card.setAlignment(Pos.TOP_LEFT);
        getChildren().addAll(line, frame, card);
        acceptDrops();
    }

    /** Without pictures, for a window that has little room. */
    ModelField small() {
        getChildren().remove(1, 3);
        return this;
    }

    private void acceptDrops() {
        setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        setOnDragDropped(event -> {
            choice.setValue(event.getDragboard().getFiles().get(0).getPath());
            event.setDropCompleted(true);
            event.consume();
        });
    }

    private void showCard(String name) {
        Optional<ModelCatalogue.Entry> entry =
                models.stream().filter(known -> known.name().equals(name)).findFirst();
        card.setText(entry.map(SlideModels::describe).orElse("A model folder, or a zip of one."));
        Optional<BufferedImage> shown = entry.flatMap(SlideModels::picture);
        picture.setImage(shown.map(image -> SwingFXUtils.toFXImage(image, null)).orElse(null));
    }

    /** What is chosen or typed. */
    ObjectProperty<String> value() {
        return choice.valueProperty();
    }

    /** Its text without blanks around it; empty if there is none. */
    String text() {
        // what was typed last may not be a value yet
        String typed = choice.getEditor().getText();
        String text = typed == null || typed.isBlank() ? choice.getValue() : typed;
        return text == null ? "" : text.strip();
    }
}
