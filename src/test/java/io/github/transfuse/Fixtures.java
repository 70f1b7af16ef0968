package io.github.transfuse;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the reference's golden numbers are: the folder of the system property {@code transfuse.fixtures}, else
 * {@code ../shared/reference/fixtures} if it is there, else the subset in {@code src/test/resources/fixtures}.
 */
public final class Fixtures {
    /** Name of the system property that selects a folder. */
    public static final String PROPERTY = "transfuse.fixtures";

    private static final Path WHOLE_SET = Path.of("..", "shared", "reference", "fixtures");
    private static final Path SUBSET = Path.of("src", "test", "resources", "fixtures");

    private Fixtures() {}

    /**
     * The folder to take fixtures from.
     *
     * @return an existing folder
     * @throws IllegalStateException if the property names no folder, or the subset is missing
     */
    public static Path directory() {
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null) {
            return existing(Path.of(chosen), "-D" + PROPERTY + " names no folder: ");
        }
        return Files.isDirectory(WHOLE_SET) ? WHOLE_SET : subset();
    }

    /**
     * The committed subset, whatever the property says.
     *
     * @return an existing folder
     */
    public static Path subset() {
        return existing(SUBSET, "Run the tests from the project's folder; missing: ");
    }

    private static Path existing(Path folder, String complaint) {
        // An empty path would silently mean the current folder.
        if (folder.toString().isEmpty() || !Files.isDirectory(folder)) {
            throw new IllegalStateException(complaint + "'" + folder + "'");
        }
        return folder;
    }
}
