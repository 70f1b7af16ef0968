package io.github.transfuse.batch;

import java.io.Serializable;
import java.util.List;

/**
 * How a file went on another computer.
 *
 * @param input path of the image
 * @param sha256 of the image; empty if it cannot be told
 * @param seconds that segmenting it took, when it was done; 0 if it failed
 * @param objects number of objects; -1 where there is no such number
 * @param error what happened, in words; empty if all is well
 * @param kept whether results of an earlier run stay
 * @param written files, the labels first
 * @param notes of the result, in sentences
 */
public record FileResult(
        String input,
        String sha256,
        double seconds,
        long objects,
        String error,
        boolean kept,
        List<String> written,
        List<String> notes)
        implements Serializable {

    /** Copies the lists. */
    public FileResult {
        written = List.copyOf(written);
        notes = List.copyOf(notes);
    }

    /** A file that could not be segmented. */
    public static FileResult failed(String input, String error) {
        return new FileResult(input, "", 0, -1, error, false, List.of(), List.of());
    }

    /** The same, of a file that was done in this run: by an attempt that was lost afterwards. */
    public FileResult asDone() {
        return new FileResult(input, sha256, seconds, objects, error, false, written, notes);
    }

    /** The same, told of other places: where image and results truly are. */
    public FileResult at(String image, List<String> results) {
        return new FileResult(image, sha256, seconds, objects, error, kept, results, notes);
    }

    /** Whether it could not be segmented. */
    public boolean isFailed() {
        return !error.isEmpty();
    }
}
