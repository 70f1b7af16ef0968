package qupath.lib.gui.extensions;

import qupath.lib.common.Version;
import qupath.lib.gui.QuPathGUI;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface QuPathExtension {
    void installExtension(QuPathGUI qupath);

    String getName();

    String getDescription();

    default Version getQuPathVersion() {
        throw new UnsupportedOperationException();
    }

    default Version getVersion() {
        throw new UnsupportedOperationException();
    }
}
