package io.github.transfuse.qupath;

import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.ValueSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;

/** Fields for rows of the table of settings, with its labels, help and defaults. Used on the JavaFX thread. */
final class SettingRows {
    private static final String AUTO = "auto";
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d*,\\d+");

    /** Such as 1,000: a thousand, or one. */
    private static final Pattern THOUSANDS = Pattern.compile("[1-9]\\d{0,2}(,\\d{3})+");

    private final Map<SettingSpec, Control> fields = new LinkedHashMap<>();

    /**
     * Fields.
     *
     * @param proposed what they say
     * @param shown rows of its task
     */
    SettingRows(Settings proposed, List<? extends SettingKey<?>> shown) {
        this(proposed, shown, Map.of());
    }

    /**
     * Fields.
     *
     * @param offered values that can be chosen where others can be typed
     */
    SettingRows(
            Settings proposed,
            List<? extends SettingKey<?>> shown,
            Map<? extends SettingKey<?>, List<String>> offered) {
        for (SettingKey<?> key : shown) {
            SettingSpec row = proposed.task().spec(key);
            Control field = offered.containsKey(key)
                    ? editable(offered.get(key), proposed.written(key))
                    : field(row, proposed.written(key));
            field.setTooltip(new Tooltip(row.help() + "\n" + row.value().allowed()));
            fields.put(row, field);
        }
    }

    private static Control field(SettingSpec row, String value) {
        ValueSpec.Kind kind = row.value().kind();
        if (kind == ValueSpec.Kind.FLAG) {
            CheckBox box = new CheckBox(row.help());
            box.setWrapText(true);
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
            return editable(devices(System.getProperty("os.name", "")), value);
        }
        TextField text = new TextField(value.equals(row.value().keyword()) ? "" : value);
        text.setPromptText(row.value().keyword());
        return text;
    }

    /** Those that a computer of this system can have; others can be typed. */
    static List<String> devices(String system) {
        return List.of(AUTO, "cpu", system.startsWith("Mac") ? "mps" : "cuda");
    }

    private static ComboBox<String> editable(List<String> offered, String value) {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(offered);
        box.setEditable(true);
        box.setValue(value);
        return box;
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
            SettingSpec row = each.getKey();
            String text = text(each.getValue()).strip();
            String value = row.value().kind() == ValueSpec.Kind.NUMBER ? number(row, text) : text;
            // what nobody chose stays open, such as for a model to start from
            boolean chosen = all.isGiven(row.key()) || !value.equals(row.defaultValue());
            if (!value.isEmpty() && chosen) {
                all = all.with(row.name(), value);
            }
        }
        return all;
    }

    /** In many languages 0.5 is written 0,5. */
    static String number(SettingSpec row, String text) {
        if (THOUSANDS.matcher(text).matches()) {
            throw new IllegalArgumentException(row.title() + ": " + text + " can be read in two ways. Write "
                    + text.replace(",", "") + ", or " + text.replace(',', '.') + ".");
        }
        return DECIMAL.matcher(text).matches() ? text.replace(',', '.') : text;
    }

    /** Runs whenever a field changes. */
    void onChange(Runnable changed) {
        for (Control field : fields.values()) {
            property(field).addListener((observed, before, now) -> changed.run());
        }
    }

    private static ObservableValue<?> property(Control field) {
        if (field instanceof CheckBox box) {
            return box.selectedProperty();
        }
        return field instanceof ChoiceBox<?> choice
                ? choice.valueProperty()
                : field instanceof ComboBox<?> combo ? combo.valueProperty() : ((TextField) field).textProperty();
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
