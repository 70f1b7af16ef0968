package io.github.transfuse.image;

import java.awt.Rectangle;
import java.util.function.Function;

/**
 * An area that somebody has drawn in an image.
 *
 * @param name what it is called
 * @param position the planes that it lies in
 * @param mask its pixels, of those within a rectangle that begins at 0
 */
public record DrawnShape(RoiName name, Position position, Function<Rectangle, Mask> mask) {

    /** What the class of shapes is called that have neither a name nor a class. */
    public static final String NAMELESS = "region";

    /**
     * Planes of an image.
     *
     * @param index of a plane, channels first, from 1; 0 if the others say which
     * @param slice from 1; 0 for all
     * @param frame from 1; 0 for all
     */
    public record Position(int index, int slice, int frame) {
        /** Every plane. */
        static final Position ALL = new Position(0, 0, 0);

        boolean has(int wantedSlice, int wantedFrame, int channels, int slices) {
            if (index > 0) {
                int plane = (index - 1) / channels;
                return plane % slices + 1 == wantedSlice && plane / slices + 1 == wantedFrame;
            }
            return (slice == 0 || slice == wantedSlice) && (frame == 0 || frame == wantedFrame);
        }
    }

    /**
     * Pixels.
     *
     * @param bounds that they lie in
     * @param pixels [height, width] of the bounds, not 0 where the shape is
     */
    public record Mask(Rectangle bounds, byte[] pixels) {}
}
