package io.github.transfuse.batch;

import io.github.transfuse.image.UnwritableOutputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The output folder and those within it, each made and checked when a result is first written there. */
final class ResultTree {
    private final Path root;
    private final Map<Path, ResultWriter> writers = new HashMap<>();

    /**
     * Checks the output folder itself.
     *
     * @throws UnwritableOutputException if nothing can be written there
     */
    ResultTree(Path root) throws UnwritableOutputException {
        this.root = root;
        in(InputFile.TOP);
    }

    /**
     * Writes into a folder.
     *
     * @param folder below the output folder
     * @throws UnwritableOutputException if nothing can be written there
     */
    synchronized ResultWriter in(Path folder) throws UnwritableOutputException {
        ResultWriter known = writers.get(folder);
        if (known != null) {
            return known;
        }
        ResultWriter made = new ResultWriter(path(folder));
        writers.put(folder, made);
        return made;
    }

    /** Where a folder of results is, or will be. */
    Path path(Path folder) {
        return folder.equals(InputFile.TOP) ? root : root.resolve(folder.toString());
    }
}
