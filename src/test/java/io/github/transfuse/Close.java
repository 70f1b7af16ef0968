package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compares numbers with the reference's. */
public final class Close {

    private Close() {}

    /**
     * Every difference is at most {@code atol + rtol * |expected|}.
     *
     * @param what named in the failure
     */
    public static void assertClose(String what, double[] expected, double[] actual, double rtol, double atol) {
        assertEquals(expected.length, actual.length, what + ": number of values");
        assertTrue(expected.length > 0, what + ": no values");
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(actual[i] - expected[i]);
            if (!(error <= atol + rtol * Math.abs(expected[i]))) {
                throw new AssertionError(
                        what + "[" + i + "]: " + actual[i] + " instead of " + expected[i] + ", off by " + error);
            }
        }
    }

    /** One number. */
    public static void assertClose(String what, double expected, double actual, double rtol, double atol) {
        assertClose(what, new double[] {expected}, new double[] {actual}, rtol, atol);
    }

    /** Every step-th element, from the first. */
    public static double[] everyNth(double[] values, int step) {
        double[] taken = new double[(values.length + step - 1) / step];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = values[i * step];
        }
        return taken;
    }
}
