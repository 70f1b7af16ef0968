package io.github.transfuse.samples;

/**
 * An affine map from output pixels to source pixels about the centre of the image; outside is black.
 *
 * @param xx source x per output x
 * @param xy source x per output y
 * @param yx source y per output x
 * @param yy source y per output y
 * @param shift in pixels: x, y
 */
record Warp(double xx, double xy, double yx, double yy, double[] shift) {

    /** Mirror, rotate and scale about the centre, then shift. */
    static Warp of(double angle, double scale, double[] shift, double[] mirror) {
        double cos = Math.cos(angle) / scale;
        double sin = Math.sin(angle) / scale;
        return new Warp(mirror[0] * cos, mirror[0] * sin, -mirror[1] * sin, mirror[1] * cos, shift);
    }

    private double sourceX(double x, double y) {
        return xx * (x - shift[0]) + xy * (y - shift[1]);
    }

    private double sourceY(double x, double y) {
        return yx * (x - shift[0]) + yy * (y - shift[1]);
    }

    /** All channels, bilinear, to [0, 1]. */
    void image(Example example, float[] into) {
        int plane = example.height() * example.width();
        for (int c = 0; c < example.channels(); c++) {
            bilinear(example, example.image(), c * plane, into);
        }
    }

    /** The target: bilinear to [0, 1], or the nearest class index. */
    void target(Example example, float[] into, boolean soft) {
        if (soft) {
            bilinear(example, example.target(), 0, into);
        } else {
            nearest(example, into);
        }
    }

    private void bilinear(Example example, byte[] from, int offset, float[] into) {
        int height = example.height();
        int width = example.width();
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sx = sourceX(x - centreX, y - centreY) + centreX;
                double sy = sourceY(x - centreX, y - centreY) + centreY;
                int x0 = (int) Math.floor(sx);
                int y0 = (int) Math.floor(sy);
                float fx = (float) (sx - x0);
                float fy = (float) (sy - y0);
                float top =
                        value(from, offset, x0, y0, example) * (1 - fx) + value(from, offset, x0 + 1, y0, example) * fx;
                float bottom = value(from, offset, x0, y0 + 1, example) * (1 - fx)
                        + value(from, offset, x0 + 1, y0 + 1, example) * fx;
                into[offset + y * width + x] = (top * (1 - fy) + bottom * fy) / 255f;
            }
        }
    }

    private static float value(byte[] from, int offset, int x, int y, Example example) {
        boolean inside = x >= 0 && y >= 0 && x < example.width() && y < example.height();
        return inside ? from[offset + y * example.width() + x] & 0xFF : 0;
    }

    private void nearest(Example example, float[] into) {
        int width = example.width();
        double centreX = (width - 1) / 2.0;
        double centreY = (example.height() - 1) / 2.0;
        for (int y = 0; y < example.height(); y++) {
            for (int x = 0; x < width; x++) {
                int sx = (int) Math.round(sourceX(x - centreX, y - centreY) + centreX);
                int sy = (int) Math.round(sourceY(x - centreX, y - centreY) + centreY);
                into[y * width + x] = value(example.target(), 0, sx, sy, example);
            }
        }
    }
}
