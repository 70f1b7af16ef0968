package io.github.transfuse.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file without a name of its own, for what is mapped into memory: Unix keeps the mapped pages when it is closed; Windows
 * keeps the file, and it is deleted when the process ends.
 *
 * @param path in the system's folder of temporary files
 */
public record TemporaryFile(Path path) implements AutoCloseable {

    /** Makes an empty one. */
    public static TemporaryFile make() throws IOException {
        return new TemporaryFile(Files.createTempFile("transfuse-", ".tmp"));
    }

    /** Fills it. */
    public void write(InputStream in) throws IOException {
        Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        if (!path.toFile().delete()) {
            path.toFile().deleteOnExit();
        }
    }
}
