package io.github.transfuse.segmentation;

/** An image cannot be segmented in the memory of this computer, whatever was tried; the message says what to change. */
public class OutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened, where, what to do, and its cause. */
    public OutOfMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
