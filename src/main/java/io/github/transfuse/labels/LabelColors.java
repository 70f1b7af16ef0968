package io.github.transfuse.labels;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Colours for labels on a dark ground, each as far as possible from those before it (Glasbey et al. 2007, Color
 * Research and Application 32:304, by greedy choice in CIE L*a*b*). The same on every machine.
 */
public final class LabelColors {
    private static final int COLOURS = 256;
    /** Colours darker than this (L*, 0 to 100) would vanish on black. */
    private static final double DARKEST = 45;
    /** Step between candidate colours in each of red, green and blue. */
    private static final int STEP = 15;

    private static final byte[][] LUT = choose();

    private LabelColors() {}

    /**
     * The colour of a label; above 255 the colours come again.
     *
     * @param label 0 or more
     * @return 0xRRGGBB; black for 0
     */
    public static int rgb(long label) {
        int index = label == 0 ? 0 : (int) (1 + (label - 1) % (COLOURS - 1));
        return pack(LUT[0][index] & 0xff, LUT[1][index] & 0xff, LUT[2][index] & 0xff);
    }

    private static byte[][] choose() {
        int[] candidates = candidates();
        double[] distance = new double[candidates.length];
        Arrays.fill(distance, Double.MAX_VALUE);
        double[][] lab = new double[candidates.length][];
        Arrays.setAll(lab, i -> lab(candidates[i]));
        byte[][] lut = new byte[3][COLOURS];
        keepDistance(distance, lab, lab(0x000000));
        keepDistance(distance, lab, lab(0xffffff)); // white is for outlines and text
        for (int index = 1; index < COLOURS; index++) {
            int best = 0;
            for (int i = 1; i < candidates.length; i++) {
                best = distance[i] > distance[best] ? i : best;
            }
            for (int c = 0; c < 3; c++) {
                lut[c][index] = (byte) (candidates[best] >> (8 * (2 - c)));
            }
            keepDistance(distance, lab, lab[best]);
        }
        return lut;
    }

    private static int[] candidates() {
        int levels = 255 / STEP + 1;
        return IntStream.range(0, levels * levels * levels)
                .map(i -> pack(STEP * (i / (levels * levels)), STEP * (i / levels % levels), STEP * (i % levels)))
                .filter(rgb -> lab(rgb)[0] >= DARKEST)
                .toArray();
    }

    private static int pack(int red, int green, int blue) {
        return (red << 16) | (green << 8) | blue;
    }

    private static void keepDistance(double[] distance, double[][] lab, double[] chosen) {
        for (int i = 0; i < distance.length; i++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += (lab[i][c] - chosen[c]) * (lab[i][c] - chosen[c]);
            }
            distance[i] = Math.min(distance[i], sum);
        }
    }

    /** CIE L*a*b* of an sRGB colour, white point D65. */
    private static double[] lab(int rgb) {
        double r = linear((rgb >> 16) & 0xff);
        double g = linear((rgb >> 8) & 0xff);
        double b = linear(rgb & 0xff);
        double x = compressed((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        double y = compressed(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = compressed((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int level) {
        double v = level / 255d;
        return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double compressed(double t) {
        return t > 216d / 24389 ? StrictMath.cbrt(t) : (24389d / 27 * t + 16) / 116;
    }
}
