package io.github.transfuse.imagej;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.TextField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a dialog by the keys of their settings; to be used on AWT's thread. */
final class SettingFields {
    private final Map<String, Component> fields = new LinkedHashMap<>();

    /** The field that was added last to one of a dialog's lists of fields. */
    void add(String key, List<?> kind) {
        fields.put(key, (Component) kind.get(kind.size() - 1));
    }

    /** What the fields show now. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((key, field) -> values.put(key, value(field)));
        return values;
    }

    private static String value(Component field) {
        if (field instanceof Checkbox box) {
            return Boolean.toString(box.getState());
        }
        return (field instanceof Choice choice ? choice.getSelectedItem() : ((TextField) field).getText()).strip();
    }

    /** Shows these values. */
    void show(Map<String, String> values) {
        fields.forEach((key, field) -> {
            String value = values.getOrDefault(key, value(field));
            if (field instanceof Checkbox box) {
                box.setState(Boolean.parseBoolean(value));
            } else if (field instanceof Choice choice) {
                choice.select(value);
            } else if (!value.equals(value(field))) {
                ((TextField) field).setText(value);
            }
        });
    }
}
