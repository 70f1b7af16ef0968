package io.github.transfuse.inference;

import io.github.transfuse.model.InputSpec;

/**
 * How a whole image is brought into the network's input.
 *
 * @param size of the image after resampling
 * @param origin of the input in the resampled image: negative where the input is larger, which is padded
 */
public record Fit(long[] size, long[] origin) {

    /** A resampled image as it is. */
    public static Fit unpadded(long[] size) {
        return new Fit(size, new long[size.length]);
    }

    /** Fits an image to a model that sees it as a whole. */
    public static Fit of(long[] image, InputSpec input) {
        return of(image, TileGrid.inputSize(input), input.rule() == InputSpec.Rule.RESIZE_PADDED);
    }

    /**
     * Fits an image.
     *
     * @param image its size
     * @param input size of the input
     * @param keepAspect whether the aspect ratio is kept and the rest padded; otherwise the image is squashed
     */
    public static Fit of(long[] image, int[] input, boolean keepAspect) {
        long[] size = AxisOrder.longs(input);
        long[] origin = new long[input.length];
        if (keepAspect) {
            double scale = Double.POSITIVE_INFINITY;
            for (int d = 0; d < input.length; d++) {
                scale = Math.min(scale, (double) input[d] / image[d]);
            }
            for (int d = 0; d < input.length; d++) {
                size[d] = Math.max(1, Math.min(input[d], Math.round(image[d] * scale)));
                origin[d] = -((input[d] - size[d]) / 2);
            }
        }
        return new Fit(size, origin);
    }

    /** Where the image lies in the input. */
    LogitImage.Window window() {
        double[] from = new double[size.length];
        double[] length = new double[size.length];
        for (int d = 0; d < size.length; d++) {
            from[d] = -origin[d];
            length[d] = size[d];
        }
        return new LogitImage.Window(from, length);
    }
}
