package io.github.transfuse.batch;

import java.nio.file.Path;

/**
 * An image to segment.
 *
 * @param path of the file, or of the folder of a series
 * @param folder where its results go, below the output folder; the empty path for the output folder itself
 */
public record InputFile(Path path, Path folder) {
    /** Results go into the output folder itself. */
    public static final Path TOP = Path.of("");

    /** What its results are called, without endings. */
    public String stem() {
        return ResultNames.stem(path.getFileName().toString());
    }
}
