package qupath.lib.gui.prefs;

import javafx.beans.property.StringProperty;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class PathPrefs {
    public static StringProperty createPersistentPreference(String name, String defaultValue) {
        throw new UnsupportedOperationException();
    }
}
