package io.github.transfuse.samples;

/**
 * A small image in memory.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 or more
 * @param values planar, [C, H, W]
 */
record Raster(int width, int height, int channels, float[] values) {

    /** Bilinear resampling with half-pixel centres, as OpenCV and libtorch do it without aligned corners. */
    Raster resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        float[] into = new float[channels * newHeight * newWidth];
        for (int c = 0; c < channels; c++) {
            resizePlane(c * height * width, into, c * newHeight * newWidth, newHeight, newWidth);
        }
        return new Raster(newWidth, newHeight, channels, into);
    }

    private void resizePlane(int from, float[] into, int to, int newHeight, int newWidth) {
        double scaleY = (double) height / newHeight;
        double scaleX = (double) width / newWidth;
        for (int y = 0; y < newHeight; y++) {
            double sourceY = Math.min(height - 1.0, Math.max(0, (y + 0.5) * scaleY - 0.5));
            int y0 = (int) sourceY;
            int y1 = Math.min(y0 + 1, height - 1);
            float fy = (float) (sourceY - y0);
            for (int x = 0; x < newWidth; x++) {
                double sourceX = Math.min(width - 1.0, Math.max(0, (x + 0.5) * scaleX - 0.5));
                int x0 = (int) sourceX;
                int x1 = Math.min(x0 + 1, width - 1);
                float fx = (float) (sourceX - x0);
                float top = values[from + y0 * width + x0] * (1 - fx) + values[from + y0 * width + x1] * fx;
                float bottom = values[from + y1 * width + x0] * (1 - fx) + values[from + y1 * width + x1] * fx;
                into[to + y * newWidth + x] = top * (1 - fy) + bottom * fy;
            }
        }
    }
}
