package io.github.transfuse.engine;

/** The native libraries cannot be loaded on this computer; the message says why and what to do. */
public class EngineUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened, where, and what to do. */
    public EngineUnavailableException(String message) {
        super(message);
    }

    /** With what happened, where, what to do, and its cause. */
    public EngineUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
