package io.github.transfuse.metrics;

import java.io.Serializable;

/**
 * How many pixels of a class the prediction and the truth have, and share.
 *
 * @param shared pixels in both
 * @param predicted pixels of the prediction
 * @param truth pixels of the truth
 */
public record Overlap(long shared, long predicted, long truth) implements Serializable {
    /** Smoothing of {@link #dice()}. */
    public static final double EPSILON = 1e-3;

    /**
     * Dice as the project reports it: (2I + e) / (P + T + e) with e = 0.001.
     *
     * @return more than 0 to 1; 1 if both are empty, nearly 0 if one is
     */
    public double dice() {
        return (2 * shared + EPSILON) / (predicted + truth + EPSILON);
    }

    /**
     * Dice without smoothing: 2I / (P + T).
     *
     * @return 0 to 1; 1 if both are empty
     */
    public double exactDice() {
        return ratio(2 * shared, predicted + truth);
    }

    /**
     * Intersection over union (Jaccard).
     *
     * @return 0 to 1; 1 if both are empty
     */
    public double iou() {
        return ratio(shared, predicted + truth - shared);
    }

    /**
     * The share of the prediction that is true.
     *
     * @return 0 to 1; if nothing is predicted, 1 where the truth is empty too, else 0
     */
    public double precision() {
        return predicted == 0 ? ratio(0, truth) : ratio(shared, predicted);
    }

    /**
     * The share of the truth that is found.
     *
     * @return 0 to 1; if there is nothing to find, 1 where nothing is predicted either, else 0
     */
    public double recall() {
        return truth == 0 ? ratio(0, predicted) : ratio(shared, truth);
    }

    /** Whether prediction or truth has any pixel. */
    public boolean isPresent() {
        return predicted + truth > 0;
    }

    /** The pixels of both. */
    Overlap plus(Overlap other) {
        return new Overlap(shared + other.shared, predicted + other.predicted, truth + other.truth);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
