package io.github.transfuse.image;

import java.io.IOException;
import java.nio.file.Path;

/** A result that cannot be written where it should be. Nothing half-written is left. */
public final class UnwritableOutputException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An exception about one file or folder. */
    public UnwritableOutputException(Path output, String reason, Throwable cause) {
        super(
                output + ": this cannot be written (" + reason + "). Choose another output folder, or make room there.",
                cause);
    }
}
