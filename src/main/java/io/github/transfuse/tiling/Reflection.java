package io.github.transfuse.tiling;

/**
 * Which pixel stands for a coordinate outside the image: the image is mirrored at the centre of its border pixels
 * ({@code c b a b c}, the border is not doubled), as often as needed.
 */
public final class Reflection {
    private Reflection() {}

    /**
     * Maps any coordinate into the image.
     *
     * @param coordinate any number
     * @param size pixels along this axis, at least 1; with one pixel, that pixel stands for all
     * @return 0 to size - 1
     */
    public static long index(long coordinate, long size) {
        if (coordinate >= 0 && coordinate < size) {
            return coordinate;
        }
        if (size == 1) {
            return 0;
        }
        long period = 2 * (size - 1);
        long phase = Math.floorMod(coordinate, period);
        return phase < size ? phase : period - phase;
    }
}
