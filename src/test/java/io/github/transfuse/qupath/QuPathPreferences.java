package io.github.transfuse.qupath;

import java.util.List;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;

/** Writes the folder of a new QuPath user into preferences, in a process of its own whose preferences are those. */
final class QuPathPreferences {

    private QuPathPreferences() {}

    /** The folder is the only argument. */
    public static void main(String[] args) throws BackingStoreException {
        for (String version : List.of("0.6", "0.7", "0.8")) {
            Preferences.userRoot().node("io.github.qupath/" + version).put("userPath", args[0]);
        }
        Preferences.userRoot().flush();
    }
}
