package io.github.transfuse.engine;

import java.util.Locale;

/**
 * How well objects are found: the mean over the validation images of F1 at an IoU above one half, as evaluation has it.
 *
 * @param f1 in [0, 1]
 * @param nothing the same of finding no object at all: the share of images that have none
 */
public record ObjectScore(double f1, double nothing) {

    /** What it is called. */
    public static final String NAME = "object F1@0.5";

    /** Said where it is no better than finding nothing. */
    static final String NO_OBJECTS = "finds no objects yet";

    private static final double SHOWN = 1e4;

    /** Whether more is found than nothing, as far as it is shown. */
    public boolean beatsNothing() {
        return Math.round(SHOWN * f1) > Math.round(SHOWN * nothing);
    }

    /** Such as {@code object F1@0.5 0.7321}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.4f", NAME, f1);
    }
}
