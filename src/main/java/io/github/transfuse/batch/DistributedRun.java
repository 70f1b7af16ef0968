package io.github.transfuse.batch;

import io.github.transfuse.settings.SettingException;
import io.github.transfuse.settings.Settings;
import java.io.IOException;

/**
 * Segments files on several computers, with the results that {@link BatchRun} gives on one. Found by {@link
 * java.util.ServiceLoader}: what does it comes in a jar of its own.
 */
public interface DistributedRun {
    /**
     * Segments all files that the settings name.
     *
     * @param settings of segmenting, with {@code input} and {@code output} on a disk that all computers see
     * @param master where the work is done, in the words of what does it; empty: as it was started
     * @param listener told how it goes
     * @return how it went; {@code computing} is the part of the time of all workers in which they had work
     * @throws SettingException if something is missing, or two inputs would have results of one name
     * @throws IOException if nothing can be done at all; files that are done stay
     */
    BatchRun.Report segment(Settings settings, String master, Listener listener) throws IOException;

    /** Watches a run. All calls come from the thread that runs it, or one at a time. */
    interface Listener {
        /** The workers begin with this many files. */
        void begins(long total);

        /** A file is done, kept or failed. */
        void file(FileResult result);

        /** Of the parts of a large file, so many are done. */
        default void parts(long done, long total) {}

        /** Something about the files or the run that the user should know. */
        void note(String sentence);
    }
}
