package io.github.transfuse.image;

import io.github.transfuse.files.UnwrittenFileException;
import java.io.IOException;
import java.nio.file.Path;

/** A result that cannot be written where it should be. Nothing half-written is left. */
public final class UnwritableOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path output;

    /** An exception about one file or folder. */
    public UnwritableOutputException(Path output, String reason, Throwable cause) {
        super(
                output + ": this cannot be written (" + reason + "). Choose another output folder, or make room there.",
                cause);
        this.output = output;
    }

    /** The file or folder. */
    public Path output() {
        return output;
    }

    /**
     * About the file that a failure names.
     *
     * @param output file or folder, if it names none
     */
    public static UnwritableOutputException of(Path output, IOException failure) {
        if (failure instanceof UnwritableOutputException known) {
            return known;
        }
        Path file = failure instanceof UnwrittenFileException unwritten ? unwritten.file() : output;
        return new UnwritableOutputException(file, UnwrittenFileException.reason(failure), failure);
    }
}
