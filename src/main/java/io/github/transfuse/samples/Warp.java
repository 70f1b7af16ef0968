package io.github.transfuse.samples;

/**
 * An affine map from an output to an image: mirror, scale and rotate about the centre of the output, which lies at a point
 * of the image.
 *
 * @param angle in radians
 * @param scale greater than 1 shows less of the image, larger
 * @param centre of the output in the image, in pixels: x, y
 * @param mirror -1 mirrors, 1 does not: x, y
 */
record Warp(double angle, double scale, double[] centre, double[] mirror) {

    /** The coordinates that every pixel of an output is taken from. */
    SourceGrid grid(int height, int width, SourceGrid.Border border) {
        double cos = Math.cos(angle) / scale;
        double sin = Math.sin(angle) / scale;
        float[] x = new float[height * width];
        float[] y = new float[height * width];
        for (int row = 0; row < height; row++) {
            double down = row - (height - 1) / 2.0;
            for (int column = 0; column < width; column++) {
                double right = column - (width - 1) / 2.0;
                int i = row * width + column;
                x[i] = (float) (mirror[0] * (cos * right + sin * down) + centre[0]);
                y[i] = (float) (mirror[1] * (cos * down - sin * right) + centre[1]);
            }
        }
        return new SourceGrid(height, width, x, y, border);
    }
}
