package io.github.transfuse.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A model or weights file that cannot be used as it is. The message says what is wrong, where, and what to do. */
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a complete message.
     *
     * @param message what is wrong, where, and what to do
     */
    public ModelFormatException(String message) {
        super(message);
    }

    /**
     * An exception with a complete message and the failure that led to it.
     *
     * @param message what is wrong, where, and what to do
     * @param cause the failure underneath
     */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * An exception about one file.
     *
     * @param file the file at fault
     * @param problem what is wrong with it, a clause without a full stop
     * @param remedy what the user can do, a full sentence
     */
    public ModelFormatException(Path file, String problem, String remedy) {
        super(file + ": " + problem + ". " + remedy);
    }
}
