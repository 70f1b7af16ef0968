package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import io.github.transfuse.settings.ValueSpec.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** ImageJ's small dialog for commands about the active image. */
final class LabelsDialog {
    private static final String NONE = "(none: shapes only)";
    private static final int PATH_COLUMNS = 20;

    private final String title;
    private final Task task;
    private final ImagePlus image;
    private final List<SettingSpec> rows;

    LabelsDialog(String title, Task task, ImagePlus image) {
        this.title = title;
        this.task = task;
        this.image = image;
        this.rows = task.specs().stream()
                .filter(row -> !row.key().equals(Keys.INPUT))
                .toList();
    }

    /** Asks, and records the answer for a macro; empty if the user pressed Cancel. */
    Optional<Settings> ask() {
        GenericDialog dialog = new GenericDialog(title);
        dialog.addMessage(ImageFacts.of(image));
        rows.forEach(row -> add(dialog, row));
        dialog.addHelp(SettingsDialog.help(title, rows));
        dialog.showDialog();
        if (dialog.wasCanceled()) {
            return Optional.empty();
        }
        Settings settings = Settings.of(task);
        try {
            for (SettingSpec row : rows) {
                String value = read(dialog, row);
                if (!value.equals(row.defaultValue())) {
                    settings = settings.with(row.name(), value);
                }
            }
        } catch (SettingException e) {
            IJ.showMessage(title, Failures.wrapped(Failures.message(e)));
            return ask();
        }
        SettingsDialog.record(settings);
        return Optional.of(settings);
    }

    private void add(GenericDialog dialog, SettingSpec row) {
        if (row.key().equals(Keys.IMAGE)) {
            String[] titles = titles();
            dialog.addChoice(row.label(), titles, likely(titles));
        } else if (row.value().kind() == Kind.FLAG) {
            dialog.addCheckbox(row.label(), Boolean.parseBoolean(row.defaultValue()));
        } else if (row.value().kind() == Kind.CHOICE) {
            dialog.addChoice(row.label(), row.value().choices().toArray(String[]::new), row.defaultValue());
        } else {
            dialog.addDirectoryField(row.label(), row.defaultValue(), PATH_COLUMNS);
        }
    }

    private static String read(GenericDialog dialog, SettingSpec row) {
        if (row.key().equals(Keys.IMAGE)) {
            String chosen = dialog.getNextChoice();
            return chosen.equals(NONE) ? "" : chosen;
        }
        return switch (row.value().kind()) {
            case FLAG -> Boolean.toString(dialog.getNextBoolean());
            case CHOICE -> dialog.getNextChoice();
            default -> dialog.getNextString().strip();
        };
    }

    private String[] titles() {
        List<String> titles = new ArrayList<>(List.of(NONE));
        for (int id : Optional.ofNullable(WindowManager.getIDList()).orElse(new int[0])) {
            ImagePlus other = WindowManager.getImage(id);
            boolean fits =
                    other != null && other.getWidth() == image.getWidth() && other.getHeight() == image.getHeight();
            if (fits && id != image.getID()) {
                titles.add(other.getTitle());
            }
        }
        return titles.toArray(String[]::new);
    }

    /** The image that the labels have their name from. */
    private String likely(String... titles) {
        return Arrays.stream(titles)
                .filter(other -> (ResultFiles.stem(other) + "-labels").equals(ResultFiles.stem(image.getTitle())))
                .findFirst()
                .orElse(NONE);
    }
}
