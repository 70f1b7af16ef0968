package io.github.transfuse.samples;

/**
 * Which part of an example becomes a network input.
 *
 * @param height of the input
 * @param width of the input
 * @param centre of the input in the example, in pixels: x, y
 * @param whole whether this is a whole image, around which there is nothing; otherwise a tile, around which the image
 *     goes on or is mirrored
 */
record Frame(int height, int width, double[] centre, boolean whole) {

    /** All of an example. */
    static Frame whole(Example example) {
        double[] centre = {(example.width() - 1) / 2.0, (example.height() - 1) / 2.0};
        return new Frame(example.height(), example.width(), centre, true);
    }

    /** The border that goes with it. */
    SourceGrid.Border border() {
        return whole ? SourceGrid.Border.BLACK : SourceGrid.Border.MIRROR;
    }
}
