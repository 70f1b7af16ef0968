package io.github.transfuse.qupath;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Fields below each other, each behind its name. Used on the JavaFX thread. */
final class DialogGrid {
    /** Between fields. */
    static final double GAP = 8;

    private final GridPane pane = new GridPane();

    DialogGrid() {
        pane.setHgap(GAP);
        pane.setVgap(GAP);
    }

    /** Adds a field below the others. */
    void add(String label, Node field) {
        Label name = new Label(label);
        // a long field must not squeeze its name
        name.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setHgrow(field, Priority.ALWAYS);
        pane.addRow(pane.getRowCount(), name, field);
    }

    /** What is shown. */
    GridPane pane() {
        return pane;
    }

    /** What is shown, folded away behind the word More until it is asked for. */
    TitledPane more() {
        TitledPane folded = new TitledPane("More", pane);
        folded.setExpanded(false);
        folded.setAnimated(false);
        folded.expandedProperty()
                .addListener(
                        (property, before, now) -> folded.getScene().getWindow().sizeToScene());
        return folded;
    }
}
