package io.github.transfuse.samples;

import java.util.SplittableRandom;

/** Smooth local deformation: random shifts at the nodes of a coarse grid, interpolated in between without folds. */
final class Elastic {

    private static final int NODES = 6;
    /** Of the distance of two nodes; below 0.5 nothing folds over. */
    private static final double MAX_SHIFT = 0.25;

    private Elastic() {}

    /** Adds a random deformation. */
    static void deform(SourceGrid grid, SplittableRandom random) {
        double spacingX = (double) grid.width() / (NODES - 1);
        double spacingY = (double) grid.height() / (NODES - 1);
        grid.displace(field(grid, random, spacingX * MAX_SHIFT), field(grid, random, spacingY * MAX_SHIFT));
    }

    private static float[] field(SourceGrid grid, SplittableRandom random, double bound) {
        double[] nodes = new double[NODES * NODES];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = Augmenter.symmetric(random, bound);
        }
        float[] field = new float[grid.height() * grid.width()];
        for (int y = 0; y < grid.height(); y++) {
            double v = (double) y * (NODES - 1) / grid.height();
            for (int x = 0; x < grid.width(); x++) {
                double u = (double) x * (NODES - 1) / grid.width();
                field[y * grid.width() + x] = (float) interpolated(nodes, u, v);
            }
        }
        return field;
    }

    private static double interpolated(double[] nodes, double u, double v) {
        int column = (int) u;
        int row = (int) v;
        int at = row * NODES + column;
        double right = smooth(u - column);
        double down = smooth(v - row);
        double upper = nodes[at] * (1 - right) + nodes[at + 1] * right;
        double lower = nodes[at + NODES] * (1 - right) + nodes[at + NODES + 1] * right;
        return upper * (1 - down) + lower * down;
    }

    /** From 0 to 1 with slope 0 at both ends, so that the field has no kinks at the nodes. */
    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }
}
