package io.github.transfuse.image;

import java.util.List;

/**
 * How opaque the pixels of a picture are.
 *
 * @param plane array of bytes or shorts
 * @param full value of what is wholly opaque
 */
record Opacity(Object plane, long full) {

    boolean isFull() {
        for (int i = 0; i < size(); i++) {
            if (at(i) != full) {
                return false;
            }
        }
        return true;
    }

    /** Some programs leave the opacity 0 everywhere and mean nothing by it. */
    boolean isNone() {
        for (int i = 0; i < size(); i++) {
            if (at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Shows colours on white, in place.
     *
     * @param multiplied whether the colours are multiplied by the opacity
     */
    List<Object> onWhite(List<Object> colors, boolean multiplied) {
        if (isNone()) {
            return colors;
        }
        for (Object color : colors) {
            for (int i = 0; i < size(); i++) {
                long a = at(i);
                long v = TiffColors.get(color, i);
                TiffColors.put(color, i, multiplied ? Math.min(full, v + full - a) : onWhite(v, a, full));
            }
        }
        return colors;
    }

    /** A value before white, rounded; {@code white} is also what is wholly opaque. */
    static long onWhite(long value, long opacity, long white) {
        return (value * opacity + white * (white - opacity) + white / 2) / white;
    }

    /** What is transparent is background, 0; of shapes in black alone the opacity is what was drawn. In place. */
    List<Object> labels(List<Object> colors) {
        if (isNone()) {
            return colors;
        }
        boolean drawn = false;
        for (Object color : colors) {
            for (int i = 0; i < size(); i++) {
                long value = isOpaque(i) ? TiffColors.get(color, i) : 0;
                TiffColors.put(color, i, value);
                drawn |= value != 0;
            }
        }
        if (drawn || isFull()) {
            return colors;
        }
        for (int i = 0; i < size(); i++) {
            TiffColors.put(plane, i, isOpaque(i) ? full : 0);
        }
        return List.of(plane);
    }

    private boolean isOpaque(int i) {
        return 2 * at(i) > full;
    }

    private int size() {
        return TiffColors.length(plane);
    }

    private long at(int i) {
        return TiffColors.get(plane, i);
    }
}
