package io.github.transfuse.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that could not be written. What was there before is still there; nothing half-written is left. */
public final class UnwrittenFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String reason;

    /**
     * About one file.
     *
     * @param file where it would have been
     * @param reason in words, such as {@code No space left on device}
     */
    UnwrittenFileException(Path file, String reason, Throwable cause) {
        super(file + " cannot be written (" + reason + ").", cause);
        this.file = file;
        this.reason = reason;
    }

    /** The failure as one of this file; one that names its file already stays as it is. */
    static UnwrittenFileException of(Path file, IOException failure) {
        return failure instanceof UnwrittenFileException named
                ? named
                : new UnwrittenFileException(file, reason(failure), failure);
    }

    /** The file that would have been. */
    public Path file() {
        return file;
    }

    /** Why. */
    public String reason() {
        return reason;
    }

    /** The same about the folder that the file was prepared for: it would have been moved there with others. */
    public UnwrittenFileException at(Path folder) {
        return file.startsWith(folder)
                ? this
                : new UnwrittenFileException(folder.resolve(file.getFileName()), reason, this);
    }

    /** What the system says, without the names of files that are there only for a moment. */
    public static String reason(IOException e) {
        if (e instanceof UnwrittenFileException unwritten) {
            return unwritten.reason;
        }
        if (e instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        if (e.getClass() == IOException.class && e.getMessage() != null) {
            return e.getMessage();
        }
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return e.getMessage() == null || StagingFolder.isNamedIn(e.getMessage()) ? kind : kind + ": " + e.getMessage();
    }
}
