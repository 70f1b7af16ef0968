package io.github.transfuse.batch;

import java.nio.file.Path;

/**
 * An image to segment.
 *
 * @param path of the file, or of the folder of a series
 * @param folder where its results go, below the output folder; the empty path for the output folder itself
 */
record InputFile(Path path, Path folder) {
    /** Results go into the output folder itself. */
    static final Path TOP = Path.of("");

    /** What its results are called, without endings. */
    String stem() {
        return ResultNames.stem(path.getFileName().toString());
    }
}
