package io.github.transfuse.samples;

/**
 * Which part of an example becomes a network input.
 *
 * @param slices of the input; 0 for a plane
 * @param height of the input
 * @param width of the input
 * @param centre of the input in the example, in pixels: x, y, z
 * @param whole whether this is a whole image, around which there is nothing; otherwise a tile, around which the image
 *     goes on or is mirrored
 */
record Frame(int slices, int height, int width, double[] centre, boolean whole) {

    /** All of an example. */
    static Frame whole(Example example) {
        double[] centre = {(example.width() - 1) / 2.0, (example.height() - 1) / 2.0, (example.depth() - 1) / 2.0};
        return new Frame(example.slices(), example.height(), example.width(), centre, true);
    }

    /** Slices; 1 for a plane. */
    int depth() {
        return Math.max(1, slices);
    }

    /** Number of pixels or voxels. */
    int pixels() {
        return depth() * height * width;
    }

    /** The shape of a batch of such inputs: B, C, (D,) H, W. */
    int[] batch(int count, int channels) {
        return slices > 0
                ? new int[] {count, channels, slices, height, width}
                : new int[] {count, channels, height, width};
    }

    /** The border that goes with it. */
    SourceGrid.Border border() {
        return whole ? SourceGrid.Border.BLACK : SourceGrid.Border.MIRROR;
    }
}
