package io.github.transfuse.engine;

/** A device that was asked for by name cannot be used; the message says why and names those that can. */
public class DeviceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened, where, and what to do. */
    public DeviceUnavailableException(String message) {
        super(message);
    }

    /** With what happened, where, what to do, and its cause. */
    public DeviceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
