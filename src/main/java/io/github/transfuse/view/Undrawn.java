package io.github.transfuse.view;

/**
 * Why a picture could not be drawn. A server without libraries for fonts throws a {@link LinkageError} then, one with
 * libraries and no fonts an {@link InternalError} around the cause.
 */
public final class Undrawn {
    private Undrawn() {}

    /** What the first cause says. */
    public static String reason(Throwable thrown) {
        return thrown.getCause() == null ? thrown.getMessage() : reason(thrown.getCause());
    }
}
