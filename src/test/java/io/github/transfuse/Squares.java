package io.github.transfuse;

import ij.process.ImageProcessor;

/** Squares in pictures of tests. */
public final class Squares {
    private Squares() {}

    /** Gives all pixels of a square this value. */
    public static void fill(ImageProcessor pixels, int value, int x, int y, int side) {
        pixels.setValue(value);
        pixels.setRoi(x, y, side, side);
        pixels.fill();
    }
}
