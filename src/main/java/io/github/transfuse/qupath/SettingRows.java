package io.github.transfuse.qupath;

import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.ValueSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;

/** Fields for rows of the table of settings, with its labels, help and defaults. Used on the JavaFX thread. */
final class SettingRows {
    private static final String AUTO = "auto";

    private final Map<SettingSpec, Control> fields = new LinkedHashMap<>();

    /**
     * Fields.
     *
     * @param proposed what they say
     * @param shown rows of its task
     */
    SettingRows(Settings proposed, List<? extends SettingKey<?>> shown) {
        for (SettingKey<?> key : shown) {
            SettingSpec row = proposed.task().spec(key);
            Control field = field(row, proposed.written(key));
            field.setTooltip(new Tooltip(row.help() + "\n" + row.value().allowed()));
            fields.put(row, field);
        }
    }

    private static Control field(SettingSpec row, String value) {
        ValueSpec.Kind kind = row.value().kind();
        if (kind == ValueSpec.Kind.FLAG) {
            CheckBox box = new CheckBox(row.help());
            box.setSelected(Boolean.parseBoolean(value));
            return box;
        }
        if (kind == ValueSpec.Kind.CHOICE) {
            ChoiceBox<String> box = new ChoiceBox<>();
            box.getItems().setAll(row.value().choices());
            box.setValue(value);
            return box;
        }
        if (kind == ValueSpec.Kind.DEVICE) {
            ComboBox<String> box = new ComboBox<>();
            box.getItems().setAll(AUTO, "cpu", "cuda", "mps");
            box.setEditable(true);
            box.setValue(value);
            return box;
        }
        TextField text = new TextField(value.equals(row.value().keyword()) ? "" : value);
        text.setPromptText(row.value().keyword());
        return text;
    }

    /** Gives each field with its label to a form. */
    void addTo(BiConsumer<String, Control> form) {
        fields.forEach((row, field) -> form.accept(row.title(), field));
    }

    /**
     * What the fields say; those that are empty say nothing.
     *
     * @param settings that get it
     * @throws io.github.transfuse.settings.SettingException if a field holds something that is not allowed
     */
    Settings read(Settings settings) {
        Settings all = settings;
        for (Map.Entry<SettingSpec, Control> each : fields.entrySet()) {
            String text = text(each.getValue()).strip();
            if (!text.isEmpty()) {
                all = all.with(each.getKey().name(), text);
            }
        }
        return all;
    }

    private static String text(Control field) {
        if (field instanceof CheckBox box) {
            return Boolean.toString(box.isSelected());
        }
        Object value = field instanceof ChoiceBox<?> choice
                ? choice.getValue()
                : field instanceof ComboBox<?> combo ? combo.getValue() : ((TextField) field).getText();
        // editable lists have no value once their text was deleted
        return value == null ? "" : value.toString();
    }
}
