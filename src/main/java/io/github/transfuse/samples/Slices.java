package io.github.transfuse.samples;

import io.github.transfuse.tiling.Reflection;

/**
 * For every slice of an output, where along z it is taken from: between two neighbouring slices of the example. A plane
 * is one slice. In the plane, {@link SourceGrid} says where; the two are independent, so that slices far apart are never
 * rotated into each other.
 *
 * @param lower slice below
 * @param upper slice above
 * @param fraction weight of the upper one, in [0, 1)
 */
record Slices(int[] lower, int[] upper, float[] fraction) {

    /** The only slice of a plane. */
    static final Slices PLANE = new Slices(new int[] {0}, new int[] {0}, new float[] {0});

    /**
     * Slices around a centre; beyond the ends the example is mirrored.
     *
     * @param count of the output
     * @param centre in slices of the example
     * @param step from one slice of the output to the next, in slices of the example; negative: upside down
     * @param depth of the example
     */
    static Slices around(int count, double centre, double step, int depth) {
        Slices slices = new Slices(new int[count], new int[count], new float[count]);
        for (int i = 0; i < count; i++) {
            double z = centre + step * (i - (count - 1) / 2.0);
            int below = (int) Math.floor(z);
            slices.lower[i] = (int) Reflection.index(below, depth);
            slices.upper[i] = (int) Reflection.index(below + 1, depth);
            slices.fraction[i] = (float) (z - below);
        }
        return slices;
    }

    int count() {
        return lower.length;
    }

    int nearest(int slice) {
        return fraction[slice] < 0.5 ? lower[slice] : upper[slice];
    }
}
