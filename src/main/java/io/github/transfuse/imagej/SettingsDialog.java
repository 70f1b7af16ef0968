package io.github.transfuse.imagej;

import ij.IJ;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.settings.ValueSpec.Kind;
import java.awt.TextField;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** ImageJ's dialog for the settings of a task, made from their table. */
final class SettingsDialog {
    private static final int PATH_COLUMNS = 30;
    private static final int COLUMNS = 8;
    /** Recorded even where it is the default. Not so the variant of a training: given, it need not fit what is started from. */
    private static final String ALWAYS = Keys.MODEL.name();

    private final String title;
    private final List<SettingSpec> rows;
    private final Settings defaults;

    SettingsDialog(String title, Task task) {
        this.title = title;
        this.defaults = Settings.of(task);
        // The image to segment is the active one
        this.rows = task.specs().stream()
                .filter(spec -> !spec.key().equals(Keys.INPUT))
                .toList();
    }

    /** Asks until all values are allowed, and records them for a macro; empty if the user pressed Cancel. */
    Optional<Settings> ask() {
        Map<String, String> values = defaults.all();
        while (true) {
            GenericDialog dialog = dialog(values);
            dialog.showDialog();
            if (dialog.wasCanceled()) {
                return Optional.empty();
            }
            values = read(dialog);
            try {
                Settings settings = settings(values);
                record(settings);
                return Optional.of(settings);
            } catch (SettingException e) {
                IJ.showMessage(title, Failures.wrapped(Failures.message(e)));
            }
        }
    }

    private Settings settings(Map<String, String> values) {
        Settings settings = defaults;
        Map<String, String> usual = defaults.all();
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (!value.getValue().equals(usual.get(value.getKey()))) {
                settings = settings.with(value.getKey(), value.getValue());
            }
        }
        return settings;
    }

    private GenericDialog dialog(Map<String, String> values) {
        GenericDialog dialog = new GenericDialog(title);
        SettingFields fields = new SettingFields();
        boolean left = true;
        for (SettingSpec row : rows) {
            if (isPath(row)) {
                addPath(dialog, row, values.get(row.name()));
                fields.add(row.name(), dialog.getStringFields());
                left = true;
            } else {
                if (!left) {
                    dialog.addToSameRow();
                }
                fields.add(row.name(), addShort(dialog, row, values.get(row.name())));
                left = !left;
            }
        }
        dialog.addButton(ModelChooser.LABEL, event -> chooseModel(fields));
        dialog.addHelp(help(title, rows));
        return dialog;
    }

    private void chooseModel(SettingFields fields) {
        try {
            ModelChooser.ask().ifPresent(name -> fields.show(Map.of(Keys.MODEL.name(), name)));
        } catch (IOException e) {
            IJ.showMessage(title, Failures.wrapped(Failures.message(e)));
        }
    }

    /** Models, too, may be given as folders, so every text has a Browse button. */
    private static boolean isPath(SettingSpec row) {
        Kind kind = row.value().kind();
        return kind == Kind.TEXT || kind == Kind.INPUT_PATH || kind == Kind.OUTPUT_PATH;
    }

    private static void addPath(GenericDialog dialog, SettingSpec row, String value) {
        dialog.addDirectoryField(row.label(), value, PATH_COLUMNS);
        // The name of a model is no path, but ImageJ puts a slash behind it
        ((TextField) dialog.getStringFields().lastElement()).setText(value);
    }

    /** Adds a field, and returns the dialog's fields of its kind. */
    private static List<?> addShort(GenericDialog dialog, SettingSpec row, String value) {
        switch (row.value().kind()) {
            case FLAG -> {
                dialog.addCheckbox(row.label(), Boolean.parseBoolean(value));
                return dialog.getCheckboxes();
            }
            case CHOICE -> {
                dialog.addChoice(row.label(), row.value().choices().toArray(String[]::new), value);
                return dialog.getChoices();
            }
            default -> {
                dialog.addStringField(row.label(), value, COLUMNS);
                return dialog.getStringFields();
            }
        }
    }

    private Map<String, String> read(GenericDialog dialog) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SettingSpec row : rows) {
            String value =
                    switch (row.value().kind()) {
                        case FLAG -> Boolean.toString(dialog.getNextBoolean());
                        case CHOICE -> dialog.getNextChoice();
                        default -> dialog.getNextString();
                    };
            values.put(row.name(), value.strip());
        }
        return values;
    }

    /** Replaces what GenericDialog recorded: it leaves out boxes that are not ticked, which here means the default. */
    static void record(Settings settings) {
        if (Recorder.record) {
            Recorder.resetCommandOptions();
            recorded(settings).forEach((key, value) -> Recorder.recordOption(key, inMacro(value)));
        }
    }

    /** As it is written between quotes in a macro: folders of Windows have backslashes. */
    private static String inMacro(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** What differs from the defaults, and always the model: never nothing at all. */
    static Map<String, String> recorded(Settings settings) {
        Map<String, String> values = new LinkedHashMap<>();
        settings.all().forEach((key, value) -> {
            if (settings.given().containsKey(key) || ALWAYS.equals(key)) {
                values.put(key, value);
            }
        });
        return values;
    }

    /** All rows with what they mean and allow, as HTML. */
    static String help(String title, List<SettingSpec> rows) {
        return rows.stream()
                .map(row -> "<tr><td><b>" + row.title() + "</b></td><td>" + row.help() + "<br><i>"
                        + row.value().allowed() + "</i></td></tr>")
                .collect(Collectors.joining("", "<html><h2>" + title + "</h2><table>", "</table></html>"));
    }
}
