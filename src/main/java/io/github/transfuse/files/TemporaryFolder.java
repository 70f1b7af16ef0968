package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that is deleted, with all that is in it, when it is closed.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    /** Makes one in the system's folder of temporary files. */
    public static TemporaryFolder make() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("transfuse-"));
    }

    @Override
    public void close() throws IOException {
        FolderTree.delete(path);
    }
}
