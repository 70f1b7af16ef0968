package io.github.transfuse.measure;

import java.util.Arrays;

/**
 * Where the pixels of an image lie.
 *
 * @param spacing length of a pixel along x, y and, if there are slices, z
 * @param origin the pixel that lies at 0, along the same axes; positions are (pixel - origin) x spacing
 * @param unit of the lengths, such as {@code micron}
 */
public record PixelGrid(double[] spacing, double[] origin, String unit) {

    /** Copies the arrays. */
    public PixelGrid {
        if (spacing.length != origin.length) {
            throw new IllegalArgumentException("spacing and origin have different axes");
        }
        spacing = spacing.clone();
        origin = origin.clone();
    }

    /** A grid whose first pixel begins at 0. */
    public static PixelGrid of(String unit, double... spacing) {
        return new PixelGrid(spacing, new double[spacing.length], unit);
    }

    /** The first axes alone. */
    PixelGrid first(int axes) {
        return new PixelGrid(Arrays.copyOf(spacing, axes), Arrays.copyOf(origin, axes), unit);
    }

    double position(int axis, double pixel) {
        return (pixel - origin[axis]) * spacing[axis];
    }
}
