package io.github.transfuse.imagej;

import ij.Prefs;
import io.github.transfuse.settings.Keys;
import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.SettingSpec;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.settings.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a user chose in a dialog the last time, in ImageJ's preferences. Only dialogs ask for it: a macro means the same on
 * every computer.
 */
final class DialogMemory {
    /** Not remembered: files are written, and parts left out, only where the user says so this time. */
    private static final Set<SettingKey<?>> OF_AN_IMAGE = Set.of(
            Keys.INPUT,
            Keys.OUTPUT,
            Keys.LABEL_FORMAT,
            Keys.GEOJSON,
            Keys.SLICES,
            Keys.FRAMES,
            Keys.SELECTION,
            Keys.ALL_IMAGES,
            Keys.RECURSIVE,
            Keys.SKIP_EXISTING);

    private final String prefix;
    private final List<SettingSpec> rows;

    /**
     * The memory of one dialog.
     *
     * @param dialog names it in the preferences
     * @param rows that are remembered
     */
    DialogMemory(String dialog, List<SettingSpec> rows) {
        this.prefix = "transfuse." + dialog + ".";
        this.rows = List.copyOf(rows);
    }

    /** That of the dialog for segmenting. */
    static DialogMemory ofSegmenting() {
        return new DialogMemory(
                "segment",
                Task.SEGMENT.specs().stream()
                        .filter(row -> !OF_AN_IMAGE.contains(row.key()))
                        .toList());
    }

    /** The defaults with what was chosen the last time; what is no longer allowed is forgotten. */
    Settings recall(Settings defaults) {
        Settings settings = defaults;
        for (SettingSpec row : rows) {
            String value = Prefs.get(prefix + row.name(), "");
            if (!value.isEmpty()) {
                try {
                    settings = settings.with(Map.of(row.name(), value));
                } catch (SettingException e) {
                    Prefs.set(prefix + row.name(), null);
                }
            }
        }
        return settings;
    }

    /** Remembers what differs from the defaults. */
    void keep(Settings settings) {
        for (SettingSpec row : rows) {
            Prefs.set(prefix + row.name(), settings.given().get(row.name()));
        }
    }
}
