package io.github.transfuse.qupath;

import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Task;
import io.github.transfuse.settings.ValueSpec;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The help of all fields of a window in one text, that can be searched and copied. */
final class HelpStage {
    private static final double WIDTH = 620;
    private static final double HEIGHT = 560;

    private HelpStage() {}

    /** A button that shows it. */
    static Button button(String text) {
        Button help = new Button("Help");
        help.setOnAction(event -> open(text, help.getScene().getWindow()));
        return help;
    }

    /** What the fields mean. */
    static String text(Task task, List<? extends SettingKey<?>> keys) {
        return keys.stream().map(task::spec).map(HelpStage::paragraph).collect(Collectors.joining("\n\n"));
    }

    private static String paragraph(SettingSpec row) {
        ValueSpec.Kind kind = row.value().kind();
        boolean plain = kind == ValueSpec.Kind.FLAG || kind == ValueSpec.Kind.TEXT;
        return row.title() + "\n" + row.help() + "\n"
                + (plain ? "" : "Allowed: " + row.value().allowed() + ". ")
                + "Default: " + (row.defaultValue().isEmpty() ? "nothing" : row.defaultValue()) + ".";
    }

    /** Shows a text that can be searched and copied. */
    static void open(String text, Window owner) {
        TextArea area = new TextArea(text);
        area.setEditable(false);
        area.setWrapText(true);
        Stage stage = new Stage();
        stage.initOwner(owner);
        stage.setTitle("TransFuse: help");
        stage.setScene(new Scene(area, WIDTH, HEIGHT));
        stage.show();
    }
}
