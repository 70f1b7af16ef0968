package io.github.transfuse.samples;

import io.github.transfuse.tiling.Reflection;

/**
 * For every pixel of an output, the coordinates in an image that it is taken from.
 *
 * @param height of the output
 * @param width of the output
 * @param x source columns, [H, W]
 * @param y source rows, [H, W]
 * @param border what is outside the image
 */
record SourceGrid(int height, int width, float[] x, float[] y, Border border) {

    /** What is outside the image. */
    enum Border {
        /** Nothing: 0 and background, as the reference recipe has it for whole images. */
        BLACK,
        /** The image, mirrored, as tiles are filled up in segmenting. */
        MIRROR
    }

    /** Adds a displacement in pixels. */
    void displace(float[] dx, float[] dy) {
        for (int i = 0; i < x.length; i++) {
            x[i] += dx[i];
            y[i] += dy[i];
        }
    }

    /** All channels in {@link Units}, bilinear, between slices linear: [C, (D,) H, W]. */
    void image(Example example, Slices slices, float[] into) {
        Picture picture = example.image();
        int plane = height * width;
        Corners corners = new Corners();
        for (int i = 0; i < plane; i++) {
            locate(i, picture, corners);
            for (int c = 0; c < example.channels(); c++) {
                float gain = example.units().gain()[c];
                float offset = example.units().offset()[c];
                int first = c * example.depth();
                for (int z = 0; z < slices.count(); z++) {
                    float value = corners.mean(picture, (first + slices.lower()[z]) * picture.plane(), gain, offset);
                    float upwards = slices.fraction()[z];
                    if (upwards > 0) {
                        int above = (first + slices.upper()[z]) * picture.plane();
                        value += upwards * (corners.mean(picture, above, gain, offset) - value);
                    }
                    into[(c * slices.count() + z) * plane + i] = value;
                }
            }
        }
    }

    /** A soft foreground, bilinear to [0, 1], of the nearest slice; -1 where an ignored pixel is involved. */
    void softTarget(Example example, Slices slices, float[] into) {
        Picture target = Picture.ofBytes(example.height(), example.width(), example.target());
        int plane = height * width;
        Corners corners = new Corners();
        for (int i = 0; i < plane; i++) {
            locate(i, target, corners);
            for (int z = 0; z < slices.count(); z++) {
                int from = slices.nearest(z) * target.plane();
                into[z * plane + i] = corners.touches(target, from, Example.IGNORED)
                        ? -1
                        : corners.mean(target, from, 1f / Example.FOREGROUND, 0);
            }
        }
    }

    /** The nearest class index; -1 where ignored. */
    void classTarget(Example example, Slices slices, float[] into) {
        int plane = height * width;
        for (int i = 0; i < plane; i++) {
            int at = at(
                    index(Math.round(y[i]), example.height()),
                    index(Math.round(x[i]), example.width()),
                    example.width());
            for (int z = 0; z < slices.count(); z++) {
                int from = slices.nearest(z) * example.image().plane();
                int value = at < 0 ? 0 : example.target()[from + at] & 0xFF;
                into[z * plane + i] = value == Example.IGNORED ? -1 : value;
            }
        }
    }

    private void locate(int i, Picture picture, Corners corners) {
        int x0 = (int) Math.floor(x[i]);
        int y0 = (int) Math.floor(y[i]);
        int columns = picture.width();
        int left = index(x0, columns);
        int right = index(x0 + 1, columns);
        int top = index(y0, picture.height());
        int bottom = index(y0 + 1, picture.height());
        corners.topLeft = at(top, left, columns);
        corners.topRight = at(top, right, columns);
        corners.bottomLeft = at(bottom, left, columns);
        corners.bottomRight = at(bottom, right, columns);
        corners.right = x[i] - x0;
        corners.down = y[i] - y0;
    }

    private int index(int coordinate, int size) {
        if (coordinate >= 0 && coordinate < size) {
            return coordinate;
        }
        return border == Border.BLACK ? -1 : (int) Reflection.index(coordinate, size);
    }

    private static int at(int row, int column, int columns) {
        return row < 0 || column < 0 ? -1 : row * columns + column;
    }

    /** The four pixels around a point; -1 stands for one outside, which is 0. One object serves all points. */
    private static final class Corners {
        private int topLeft;
        private int topRight;
        private int bottomLeft;
        private int bottomRight;
        private float right;
        private float down;

        float mean(Picture picture, int plane, float gain, float offset) {
            float upper = value(picture, plane, topLeft, gain, offset) * (1 - right)
                    + value(picture, plane, topRight, gain, offset) * right;
            float lower = value(picture, plane, bottomLeft, gain, offset) * (1 - right)
                    + value(picture, plane, bottomRight, gain, offset) * right;
            return upper * (1 - down) + lower * down;
        }

        boolean touches(Picture picture, int plane, int value) {
            boolean upper = is(picture, plane, topLeft, value) || (right > 0 && is(picture, plane, topRight, value));
            boolean lower =
                    is(picture, plane, bottomLeft, value) || (right > 0 && is(picture, plane, bottomRight, value));
            return upper || (down > 0 && lower);
        }

        private static boolean is(Picture picture, int plane, int at, int value) {
            return at >= 0 && picture.at(plane + at) == value;
        }

        private static float value(Picture picture, int plane, int at, float gain, float offset) {
            return at < 0 ? 0 : picture.at(plane + at) * gain + offset;
        }
    }
}
