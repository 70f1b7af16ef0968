package io.github.transfuse.image;

import java.io.IOException;
import java.util.List;

/** Brightness and two differences of colour become red, green and blue, by the numbers in the file. */
final class TiffYcbcr {
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    private TiffYcbcr() {}

    /** Changes the first three planes, of bytes. */
    static List<Object> toRgb(TiffPage page, List<Object> planes) throws IOException {
        double[] luma = page.directory().fractions(TiffDirectory.LUMA);
        double[] range = page.directory().fractions(TiffDirectory.BLACK_WHITE);
        convert(
                luma.length == 3 ? luma : LUMA,
                range.length == 6 ? range : new double[] {0, 255, 128, 255, 128, 255},
                planes);
        return planes;
    }

    /** As JPEG files have it. */
    static void convert(byte[]... planes) {
        convert(LUMA, new double[] {0, 255, 128, 255, 128, 255}, List.of((Object[]) planes));
    }

    private static void convert(double[] luma, double[] range, List<Object> planes) {
        byte[] first = (byte[]) planes.get(0);
        byte[] second = (byte[]) planes.get(1);
        byte[] third = (byte[]) planes.get(2);
        for (int i = 0; i < first.length; i++) {
            double y = ((first[i] & 0xff) - range[0]) * 255 / (range[1] - range[0]);
            double cb = ((second[i] & 0xff) - range[2]) * 127 / (range[3] - range[2]);
            double cr = ((third[i] & 0xff) - range[4]) * 127 / (range[5] - range[4]);
            double red = y + cr * (2 - 2 * luma[0]);
            double blue = y + cb * (2 - 2 * luma[2]);
            first[i] = clamp(red);
            second[i] = clamp((y - luma[2] * blue - luma[0] * red) / luma[1]);
            third[i] = clamp(blue);
        }
    }

    private static byte clamp(double value) {
        return (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
}
