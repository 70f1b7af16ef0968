package io.github.transfuse.qupath;

import javafx.scene.control.Label;

/** Says in a dialog that is shown again why it was not accepted. Takes no room before. */
final class ProblemLabel extends Label {

    ProblemLabel(double width) {
        setWrapText(true);
        setPrefWidth(width);
        // readable on light and on dark ground
        setStyle("-fx-text-fill: ladder(-fx-background, #ff8a80 49%, #c62828 50%);");
        setManaged(false);
    }

    void clear() {
        setText("");
        setManaged(false);
    }

    void say(Throwable problem) {
        setText(SegmentCommand.message(problem));
        setManaged(true);
    }
}
