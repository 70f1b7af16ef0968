package io.github.transfuse.samples;

/** Which pixel stands for a coordinate outside an image, as in segmenting: mirrored at the centre of the border pixels. */
final class Mirror {

    private Mirror() {}

    /** Maps any coordinate to 0..size - 1. */
    static int index(int coordinate, int size) {
        if (coordinate >= 0 && coordinate < size) {
            return coordinate;
        }
        if (size == 1) {
            return 0;
        }
        int period = 2 * (size - 1);
        int phase = Math.floorMod(coordinate, period);
        return phase < size ? phase : period - phase;
    }
}
