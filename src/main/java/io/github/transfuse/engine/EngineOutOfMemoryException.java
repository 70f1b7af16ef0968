package io.github.transfuse.engine;

/** A batch did not fit into memory; a smaller one may. */
public class EngineOutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened, where, and what to do. */
    public EngineOutOfMemoryException(String message) {
        super(message);
    }

    /** With what happened, where, what to do, and its cause. */
    public EngineOutOfMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
