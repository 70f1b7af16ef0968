package io.github.transfuse.image;

import java.io.ByteArrayOutputStream;

/** Writes lossless JPEG for tests: all lengths of differences have codes of five bits. */
final class LosslessStream {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    private LosslessStream() {}

    /**
     * A stream.
     *
     * @param predictor 1 to 7
     * @param restart pixels after which prediction begins anew; whole rows; 0: never
     * @param planes values by rows; for colours several planes
     */
    static byte[] of(int precision, int predictor, int restart, int[][]... planes) {
        LosslessStream stream = new LosslessStream();
        int height = planes[0].length;
        int width = planes[0][0].length;
        stream.bytes(
                0xff, 0xd8, 0xff, 0xc3, 0, 8 + 3 * planes.length, precision, height >> 8, height, width >> 8, width);
        stream.bytes(planes.length);
        for (int c = 0; c < planes.length; c++) {
            stream.bytes(c + 1, 0x11, 0);
        }
        stream.bytes(0xff, 0xc4, 0, 2 + 17 + 17, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int length = 0; length <= 16; length++) {
            stream.bytes(length);
        }
        if (restart > 0) {
            stream.bytes(0xff, 0xdd, 0, 4, restart >> 8, restart);
        }
        stream.bytes(0xff, 0xda, 0, 6 + 2 * planes.length, planes.length);
        for (int c = 0; c < planes.length; c++) {
            stream.bytes(c + 1, 0);
        }
        stream.bytes(predictor, 0, 0);
        stream.pixels(precision, predictor, restart, planes);
        stream.bytes(0xff, 0xd9);
        return stream.out.toByteArray();
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }

    private void pixels(int precision, int predictor, int restart, int[][]... planes) {
        int width = planes[0][0].length;
        int first = 0;
        for (int y = 0; y < planes[0].length; y++) {
            if (restart > 0 && y > 0 && y * width % restart == 0) {
                align();
                bytes(0xff, 0xd0 + (y * width / restart - 1) % 8);
                first = y;
            }
            for (int x = 0; x < width; x++) {
                for (int[][] plane : planes) {
                    int predicted = x == 0 && y == first
                            ? 1 << (precision - 1)
                            : y == first
                                    ? plane[y][x - 1]
                                    : x == 0 ? plane[y - 1][x] : predicted(predictor, plane, x, y);
                    difference((short) (plane[y][x] - predicted));
                }
            }
        }
        align();
    }

    private static int predicted(int predictor, int[][] plane, int x, int y) {
        int a = plane[y][x - 1];
        int b = plane[y - 1][x];
        int c = plane[y - 1][x - 1];
        return new int[] {a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1}[predictor - 1];
    }

    private void difference(short value) {
        int length = value == Short.MIN_VALUE ? 16 : Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
        bits(length, 5);
        if (length > 0 && length < 16) {
            bits(value > 0 ? value : value + (1 << length) - 1, length);
        }
    }

    private void bits(int value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            pending = pending << 1 | (value >> i & 1);
            count++;
            if (count == 8) {
                out.write(pending);
                if ((pending & 0xff) == 0xff) {
                    out.write(0);
                }
                pending = 0;
                count = 0;
            }
        }
    }

    private void align() {
        while (count != 0) {
            bits(1, 1);
        }
    }
}
