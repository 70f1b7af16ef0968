package qupath.fx.dialogs;

import java.io.File;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class FileChoosers {
    public static File promptForDirectory(String title, File initial) {
        throw new UnsupportedOperationException();
    }
}
