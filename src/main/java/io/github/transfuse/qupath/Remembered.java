package io.github.transfuse.qupath;

import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.SettingKey;
import io.github.transfuse.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.property.StringProperty;
import qupath.lib.gui.prefs.PathPrefs;

/**
 * What a user chose in a window the last time, in QuPath's preferences. Only windows ask for it: a script means the same on
 * every computer.
 */
final class Remembered {
    private final StringProperty stored;
    private final Settings defaults;

    /**
     * The memory of one window.
     *
     * @param name of the window, in the preferences
     */
    Remembered(String name, Settings defaults) {
        this(PathPrefs.createPersistentPreference("transfuse." + name, ""), defaults);
    }

    Remembered(StringProperty stored, Settings defaults) {
        this.stored = stored;
        this.defaults = defaults;
    }

    /** The defaults with what was chosen; what is no longer allowed is forgotten. */
    Settings recall() {
        try {
            return stored.get() == null || stored.get().isBlank()
                    ? defaults
                    : defaults.with(
                            Settings.parse(defaults.task(), stored.get()).given());
        } catch (SettingException e) {
            stored.set("");
            return defaults;
        }
    }

    /**
     * Remembers.
     *
     * @param keys those that are remembered
     */
    void keep(Settings settings, List<? extends SettingKey<?>> keys) {
        List<String> names = keys.stream().map(SettingKey::name).toList();
        Map<String, String> kept = settings.given().entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        stored.set(Settings.of(settings.task()).with(kept).toString());
    }
}
