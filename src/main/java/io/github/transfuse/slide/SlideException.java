package io.github.transfuse.slide;

/** A slide cannot be segmented or exported as asked; the message says why and what to do. */
public class SlideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what happened, where, and what to do. */
    public SlideException(String message) {
        super(message);
    }

    /** With what happened, where, what to do, and its cause. */
    public SlideException(String message, Throwable cause) {
        super(message, cause);
    }
}
