package io.github.transfuse.image;

import java.io.IOException;

/** Java's memory does not hold pixels beside what is there now; with fewer images in work it may. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception about sizes.
     *
     * @param needed bytes
     * @param free bytes
     */
    NoRoomException(double needed, long free) {
        super(Math.round(needed) + " bytes are needed, and " + free + " are free");
    }
}
