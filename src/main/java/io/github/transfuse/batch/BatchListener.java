package io.github.transfuse.batch;

import io.github.transfuse.Segmentation;
import io.github.transfuse.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Watches a {@link BatchRun}. All calls come from the thread that runs it. */
public interface BatchListener extends Progress {
    /** Listens to nothing and never cancels. */
    BatchListener NONE = new BatchListener() {};

    /** A file is segmented and its results are written. */
    default void done(Path input, Segmentation result, List<Path> written) {}

    /** A file could not be segmented; the run goes on with the next. */
    default void failed(Path input, Throwable cause) {}

    /** A file is not segmented, because its results are there already. */
    default void kept(Path input, Path labels) {}

    /** A file was segmented again, although there were results of it. */
    default void again(Path input, String reason) {}

    /** Something about the files that the user should know, told before the first of them. */
    default void note(String sentence) {}

    @Override
    default void report(long done, long total, String step) {}

    @Override
    default boolean isCanceled() {
        return false;
    }
}
