package io.github.transfuse.image;

import java.io.IOException;
import java.nio.file.Path;

/** A result that cannot be written where it should be. Nothing half-written is left. */
public final class UnwritableOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path output;
    private final String reason;

    /** An exception about one file or folder. */
    public UnwritableOutputException(Path output, String reason, Throwable cause) {
        super(
                output + ": this cannot be written (" + reason + "). Choose another output folder, or make room there.",
                cause);
        this.output = output;
        this.reason = reason;
    }

    /** The file or folder. */
    public Path output() {
        return output;
    }

    /** The same about the place that a file would have been moved to. */
    public UnwritableOutputException at(Path place) {
        return new UnwritableOutputException(place, reason, this);
    }
}
