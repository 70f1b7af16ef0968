package io.github.transfuse.inference;

/** Which parts of an image are worth computing; the rest is background. Asked from several threads. */
@FunctionalInterface
public interface AreaOfInterest {
    /** All of it. */
    AreaOfInterest ALL = (left, top, right, bottom) -> true;

    /**
     * Whether a rectangle holds something.
     *
     * @param left in fractions of the image's width, 0 to 1
     * @param top of its height
     * @param right of its width
     * @param bottom of its height
     */
    boolean touches(double left, double top, double right, double bottom);

    /** What both want. */
    default AreaOfInterest and(AreaOfInterest other) {
        return (left, top, right, bottom) ->
                touches(left, top, right, bottom) && other.touches(left, top, right, bottom);
    }
}
