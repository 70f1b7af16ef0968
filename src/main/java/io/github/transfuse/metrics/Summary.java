package io.github.transfuse.metrics;

import java.util.Arrays;
import java.util.Locale;

/**
 * Mean and spread over images. NaN (a distance to an empty object) is left out: look at n.
 *
 * @param mean mean of the values; NaN if there are none
 * @param sd standard deviation of the sample (n - 1); 0 for one value, NaN for none
 * @param n number of values that are not NaN
 */
public record Summary(double mean, double sd, int n) {
    /**
     * Summarises values.
     *
     * @param values any numbers; NaN is left out
     * @return the summary
     */
    public static Summary of(double... values) {
        double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
        double sd = known.length == 0 ? Double.NaN : Math.sqrt(squares / Math.max(1, known.length - 1));
        return new Summary(mean, sd, known.length);
    }

    /** The numbers as reports write them: {@code 0.9123 ± 0.0456 (n = 20)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f \u00b1 %.4f (n = %d)", mean, sd, n);
    }
}
