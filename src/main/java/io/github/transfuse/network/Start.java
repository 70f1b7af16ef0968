package io.github.transfuse.network;

/**
 * How a tensor begins where there are no pretrained weights: every element the same, or drawn.
 *
 * @param law what elements are drawn from
 * @param number the value of a constant, the standard deviation of a normal law around 0, or the bound of a uniform one
 */
public record Start(Law law, double number) {

    /** All 0. */
    public static final Start ZERO = new Start(Law.CONSTANT, 0);

    /** All 1. */
    public static final Start ONE = new Start(Law.CONSTANT, 1);

    /**
     * DeiT's rule for tables and matrices. The reference cuts at an absolute 2, a hundred standard deviations away: the tail
     * needs no cutting.
     */
    public static final Start TRANSFORMER = new Start(Law.NORMAL, 0.02);

    /** What elements are drawn from. */
    public enum Law {
        /** Nothing is drawn. */
        CONSTANT,
        /** A normal law around 0. */
        NORMAL,
        /** A uniform law between minus and plus the bound. */
        UNIFORM
    }

    /** Whether elements are drawn. */
    public boolean isRandom() {
        return law != Law.CONSTANT;
    }
}
