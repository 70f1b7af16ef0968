package io.github.transfuse.image;

/**
 * A dimension of an image.
 *
 * @param kind what runs along it
 * @param size distance of two samples in {@code unit}, positive; 1 where unknown or without meaning
 * @param unit unit of {@code size}, such as {@code micron}; {@code pixel} where unknown
 */
public record Axis(Kind kind, double size, String unit) {
    /** Unit of an axis that is not calibrated. */
    public static final String UNCALIBRATED = "pixel";

    /** What runs along an axis. */
    public enum Kind {
        /** Columns. */
        X,
        /** Rows. */
        Y,
        /** Planes of a volume. */
        Z,
        /** Colours or stains. */
        CHANNEL,
        /** Frames. */
        TIME;

        /** Whether distances along the axis are lengths. */
        public boolean isSpatial() {
            return this == X || this == Y || this == Z;
        }
    }

    /** Checks the size. */
    public Axis {
        if (!(size > 0) || Double.isInfinite(size)) {
            throw new IllegalArgumentException("The pixel size along " + kind + " must be positive, not " + size + ".");
        }
    }

    /** An axis without calibration. */
    public static Axis of(Kind kind) {
        return new Axis(kind, 1, UNCALIBRATED);
    }

    /** Whether {@code size} is a length in a physical unit. */
    public boolean isCalibrated() {
        return kind.isSpatial() && !unit.isBlank() && !unit.startsWith(UNCALIBRATED);
    }
}
