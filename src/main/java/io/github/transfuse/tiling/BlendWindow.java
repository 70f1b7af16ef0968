package io.github.transfuse.tiling;

import java.util.Arrays;

/**
 * How much a tile's pixels count where tiles overlap: most in the middle, where the network sees all around, least at
 * the border, never nothing.
 *
 * <p>Separable: the weight of a pixel is the product over the axes. Immutable.
 */
public final class BlendWindow {
    /** Standard deviation of the Gaussian as part of the tile size, as in nnU-Net and MONAI. */
    private static final double SIGMA = 1 / 8d;

    /** Least weight along an axis, relative to the middle. */
    private static final double FLOOR = 1e-3;

    private final double[][] weights;

    private BlendWindow(double[][] weights) {
        this.weights = weights;
    }

    /**
     * Gaussian weights: standard deviation an eighth of the tile, at least 0.001 of the middle along each axis.
     *
     * @param tile tile size in pixels per axis
     * @return the window
     */
    public static BlendWindow gaussian(int... tile) {
        return new BlendWindow(Arrays.stream(tile).mapToObj(BlendWindow::bell).toArray(double[][]::new));
    }

    private static double[] bell(int length) {
        double[] weight = new double[length];
        double middle = (length - 1) / 2d;
        for (int i = 0; i < length; i++) {
            double z = (i - middle) / (SIGMA * length);
            weight[i] = Math.max(FLOOR, Math.exp(-z * z / 2));
        }
        return weight;
    }

    /**
     * The weight along one axis.
     *
     * @param axis 0 is x
     * @param i pixel of the tile, from 0
     * @return more than 0, at most 1
     */
    public double weight(int axis, int i) {
        return weights[axis][i];
    }

    /**
     * Whether this window is for tiles of that size.
     *
     * @param plan the tiles
     * @return true if the sizes agree along all axes
     */
    public boolean fits(TilePlan plan) {
        int[] lengths = Arrays.stream(weights).mapToInt(w -> w.length).toArray();
        return Arrays.equals(lengths, plan.tileSize());
    }
}
