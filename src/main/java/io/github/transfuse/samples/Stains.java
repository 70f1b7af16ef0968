package io.github.transfuse.samples;

import java.util.SplittableRandom;

/**
 * Stronger and weaker stains: optical densities are split into haematoxylin, eosin and a residual with the vectors of
 * Ruifrok and Johnston (2001), scaled, and put together again.
 */
final class Stains {

    /** Colours are red, green and blue. */
    static final int CHANNELS = 3;

    private static final double MAX_CHANGE = 0.2;
    private static final double DARKEST = 1 / 255.0;
    private static final double[][] VECTORS = {
        {0.650, 0.704, 0.286}, {0.072, 0.990, 0.105}, {0.268, 0.570, 0.776},
    };
    private static final double[][] INVERSE = inverse(VECTORS);

    private Stains() {}

    /** Changes the strength of each stain by up to 20 %; [3, H, W]. */
    static void jitter(float[] image, Light light, SplittableRandom random) {
        double[] strengths = new double[CHANNELS];
        for (int s = 0; s < CHANNELS; s++) {
            strengths[s] = 1 + Augmenter.symmetric(random, MAX_CHANGE);
        }
        scale(image, light, strengths);
    }

    /** Scales the three stains. */
    static void scale(float[] image, Light light, double... strengths) {
        int plane = image.length / CHANNELS;
        double[] density = new double[CHANNELS];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < CHANNELS; c++) {
                density[c] = -Math.log(Math.max(DARKEST, light.of(c, image[c * plane + i])));
            }
            for (int c = 0; c < CHANNELS; c++) {
                double changed = 0;
                for (int s = 0; s < CHANNELS; s++) {
                    changed += stain(density, s) * strengths[s] * VECTORS[s][c];
                }
                image[c * plane + i] = (float) light.toUnits(c, Math.min(1, Math.exp(-changed)));
            }
        }
    }

    private static double stain(double[] density, int s) {
        double amount = 0;
        for (int c = 0; c < CHANNELS; c++) {
            amount += density[c] * INVERSE[c][s];
        }
        return amount;
    }

    /** By cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[CHANNELS][CHANNELS];
        double determinant = 0;
        for (int r = 0; r < CHANNELS; r++) {
            for (int c = 0; c < CHANNELS; c++) {
                int r1 = (r + 1) % CHANNELS;
                int r2 = (r + 2) % CHANNELS;
                int c1 = (c + 1) % CHANNELS;
                int c2 = (c + 2) % CHANNELS;
                inverse[c][r] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
            }
            determinant += m[0][r] * inverse[r][0];
        }
        for (double[] row : inverse) {
            for (int c = 0; c < CHANNELS; c++) {
                row[c] /= determinant;
            }
        }
        return inverse;
    }
}
