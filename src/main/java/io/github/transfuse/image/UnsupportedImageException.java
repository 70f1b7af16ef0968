package io.github.transfuse.image;

import java.io.IOException;

/** An image that cannot be used as it is. The message says what is wrong, where, and what to do. */
public final class UnsupportedImageException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception about one image.
     *
     * @param image file or title of the image
     * @param problem what is wrong with it, a clause without a full stop
     * @param remedy what the user can do, a full sentence
     */
    public UnsupportedImageException(Object image, String problem, String remedy) {
        super(image + ": " + problem + ". " + remedy);
    }

    /** The same with the failure that led to it. */
    public UnsupportedImageException(Object image, String problem, String remedy, Throwable cause) {
        super(image + ": " + problem + ". " + remedy, cause);
    }
}
