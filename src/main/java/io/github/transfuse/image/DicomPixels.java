package io.github.transfuse.image;

import java.util.Arrays;

/**
 * Samples of a frame and the line that makes them values: value = slope x sample + intercept.
 *
 * @param planes of grey one, of colours three arrays of bytes, shorts, integers, floats or doubles
 * @param signed whether bytes, shorts and integers can be negative
 */
record DicomPixels(int width, int height, Object[] planes, boolean signed, double slope, double intercept) {
    boolean isRgb() {
        return planes.length == 3;
    }

    boolean fits(DicomPixels other) {
        return width == other.width
                && height == other.height
                && planes.length == other.planes.length
                && planes[0].getClass() == other.planes[0].getClass()
                && signed == other.signed;
    }

    /** Whether samples are values. */
    boolean isPlain() {
        return slope == 1 && intercept == 0;
    }

    /** Whether values are whole numbers of at most 16 bits, such as those of CT. */
    boolean isShort() {
        boolean whole = slope == Math.rint(slope) && intercept == Math.rint(intercept);
        return whole && planes[0] instanceof short[] samples && inRange(samples);
    }

    private boolean inRange(short... samples) {
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        for (short sample : samples) {
            int value = signed ? sample : Short.toUnsignedInt(sample);
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double least = Math.min(value(low), value(high));
        double most = Math.max(value(low), value(high));
        return least >= Short.MIN_VALUE && most <= Short.MAX_VALUE;
    }

    private double value(double sample) {
        return slope * sample + intercept;
    }

    /** The values as 16-bit numbers with sign. */
    Object shorts() {
        short[] samples = (short[]) planes[0];
        short[] values = new short[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) value(signed ? samples[i] : Short.toUnsignedInt(samples[i]));
        }
        return values;
    }

    /** The values as floats. */
    Object floats() {
        Object samples = planes[0];
        float[] values = new float[width * height];
        if (samples instanceof byte[] bytes) {
            fill(values, i -> signed ? bytes[i] : Byte.toUnsignedInt(bytes[i]));
        } else if (samples instanceof short[] shorts) {
            fill(values, i -> signed ? shorts[i] : Short.toUnsignedInt(shorts[i]));
        } else if (samples instanceof int[] integers) {
            fill(values, i -> signed ? integers[i] : Integer.toUnsignedLong(integers[i]));
        } else if (samples instanceof double[] doubles) {
            fill(values, i -> doubles[i]);
        } else {
            float[] floats = (float[]) samples;
            fill(values, i -> floats[i]);
        }
        return values;
    }

    private void fill(float[] values, java.util.function.IntToDoubleFunction sample) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(sample.applyAsDouble(i));
        }
    }

    /** The same with what is white black, within the bits that count. */
    DicomPixels inverted(long lowest, long highest) {
        Object[] turned = new Object[planes.length];
        Arrays.setAll(turned, s -> inverted(planes[s], lowest + highest));
        return new DicomPixels(width, height, turned, signed, slope, intercept);
    }

    private static Object inverted(Object plane, long sum) {
        if (plane instanceof byte[] bytes) {
            byte[] turned = new byte[bytes.length];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = (byte) (sum - bytes[i]);
            }
            return turned;
        }
        if (plane instanceof short[] shorts) {
            short[] turned = new short[shorts.length];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = (short) (sum - shorts[i]);
            }
            return turned;
        }
        int[] integers = (int[]) plane;
        return Arrays.stream(integers).map(sample -> (int) (sum - sample)).toArray();
    }
}
