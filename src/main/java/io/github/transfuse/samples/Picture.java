package io.github.transfuse.samples;

import io.github.transfuse.image.Resampler;
import io.github.transfuse.tiling.Reflection;

/**
 * A picture in memory: planar values [C, H, W], of volumes [C * D, H, W], one byte each where the file has 8 bits,
 * otherwise one float each.
 */
public final class Picture {

    private static final float[] NO_FLOATS = {};
    private static final byte[] NO_BYTES = {};

    private final int height;
    private final int width;
    private final byte[] bytes;
    private final float[] floats;

    private Picture(int height, int width, byte[] bytes, float[] floats) {
        this.height = height;
        this.width = width;
        this.bytes = bytes;
        this.floats = floats;
    }

    /** Values 0..255; the array is not copied. */
    static Picture ofBytes(int height, int width, byte[] values) {
        return new Picture(height, width, values, NO_FLOATS);
    }

    /** Any values; the array is not copied. */
    static Picture ofFloats(int height, int width, float[] values) {
        return new Picture(height, width, NO_BYTES, values);
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** Pixels of one channel. */
    public int plane() {
        return height * width;
    }

    /** Number of channels. */
    public int channels() {
        return count() / plane();
    }

    private int count() {
        return bytes.length + floats.length;
    }

    /** Whether the file has 8 bits. */
    boolean isOfBytes() {
        return floats.length == 0;
    }

    /** Memory in use. */
    public long sizeInBytes() {
        return bytes.length + (long) Float.BYTES * floats.length;
    }

    /** The value at an index in [C, H, W]. */
    public float at(int index) {
        return floats.length == 0 ? bytes[index] & 0xFF : floats[index];
    }

    /** All values as floats, [C, H, W]. */
    float[] values() {
        float[] values = new float[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(i);
        }
        return values;
    }

    /** Resampled as for inference; bytes stay bytes. */
    Picture resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        float[] resized = Resampler.resample(
                values(), new int[] {channels(), height, width}, new int[] {channels(), newHeight, newWidth});
        return floats.length == 0
                ? ofBytes(newHeight, newWidth, rounded(resized))
                : ofFloats(newHeight, newWidth, resized);
    }

    /**
     * A volume resampled as for inference; bytes stay bytes.
     *
     * @param slices of this volume, whose planes are [C, slices]
     * @param size wanted slices, rows and columns
     */
    Picture resampled(int slices, int... size) {
        if (slices == size[0] && height == size[1] && width == size[2]) {
            return this;
        }
        int each = channels() / slices;
        float[] resampled = Resampler.resample(
                values(), new int[] {each, slices, height, width}, new int[] {each, size[0], size[1], size[2]});
        return floats.length == 0
                ? ofBytes(size[1], size[2], rounded(resampled))
                : ofFloats(size[1], size[2], resampled);
    }

    /** Every nth plane from the given one on: a slice of a volume of n slices, with all of its channels. */
    Picture everyNth(int first, int n) {
        Picture part = floats.length == 0
                ? ofBytes(height, width, new byte[bytes.length / n])
                : ofFloats(height, width, new float[floats.length / n]);
        for (int i = 0; i < part.count(); i++) {
            part.copy(i, this, (i / plane() * n + first) * plane() + i % plane());
        }
        return part;
    }

    /**
     * Some pixels of every channel as a picture of their own.
     *
     * @param positions of the pixels within a channel, row by row
     * @param volume pixels of a channel
     */
    Picture picked(int rows, int columns, int[] positions, int volume) {
        int each = count() / volume;
        Picture part = floats.length == 0
                ? ofBytes(rows, columns, new byte[each * positions.length])
                : ofFloats(rows, columns, new float[each * positions.length]);
        for (int i = 0; i < part.count(); i++) {
            part.copy(i, this, i / positions.length * volume + positions[i % positions.length]);
        }
        return part;
    }

    private static byte[] rounded(float[] values) {
        byte[] rounded = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (byte) Math.round(Math.min(255, Math.max(0, values[i])));
        }
        return rounded;
    }

    /**
     * A larger picture around this one, filled by reflection at the border pixels.
     *
     * @param top row of this picture that becomes the first: 0 or less
     * @param left column, likewise
     */
    Picture padded(int newHeight, int newWidth, int top, int left) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        Picture padded = floats.length == 0
                ? ofBytes(newHeight, newWidth, new byte[channels() * newHeight * newWidth])
                : ofFloats(newHeight, newWidth, new float[channels() * newHeight * newWidth]);
        int to = 0;
        for (int c = 0; c < channels(); c++) {
            for (int y = 0; y < newHeight; y++) {
                int row = c * plane() + (int) Reflection.index(top + y, height) * width;
                for (int x = 0; x < newWidth; x++) {
                    padded.copy(to++, this, row + (int) Reflection.index(left + x, width));
                }
            }
        }
        return padded;
    }

    private void copy(int to, Picture from, int index) {
        if (floats.length == 0) {
            bytes[to] = from.bytes[index];
        } else {
            floats[to] = from.floats[index];
        }
    }

    /** 0xRRGGBB per pixel for people: bytes as they are, other values stretched from the least to the greatest. */
    public int[] rgb() {
        float low = 0;
        float high = 255;
        if (floats.length > 0) {
            low = Float.POSITIVE_INFINITY;
            high = Float.NEGATIVE_INFINITY;
            for (float value : floats) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        int[] rgb = new int[plane()];
        for (int i = 0; i < rgb.length; i++) {
            for (int c = 0; c < 3; c++) {
                float value = at(Math.min(c, channels() - 1) * plane() + i);
                int level = high > low ? Math.round(255 * (value - low) / (high - low)) : 0;
                rgb[i] = rgb[i] << 8 | level;
            }
        }
        return rgb;
    }
}
