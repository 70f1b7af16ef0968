package io.github.transfuse.labels;

/** Logits to probabilities, row by row: a sigmoid for one class, a softmax over the classes for more. */
public final class Probabilities {
    private Probabilities() {}

    /**
     * Replaces logits by probabilities.
     *
     * @param row {@code [class][x]}; afterwards each value is in [0, 1], and with two classes or more they add up to 1
     */
    public static void ofLogits(float[][] row) {
        if (row.length == 1) {
            for (int x = 0; x < row[0].length; x++) {
                row[0][x] = (float) sigmoid(row[0][x]);
            }
            return;
        }
        for (int x = 0; x < row[0].length; x++) {
            softmax(row, x);
        }
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static void softmax(float[][] row, int x) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float[] values : row) {
            largest = Math.max(largest, values[x]);
        }
        double sum = 0;
        for (float[] values : row) {
            sum += Math.exp(values[x] - largest);
        }
        for (float[] values : row) {
            values[x] = (float) (Math.exp(values[x] - largest) / sum);
        }
    }
}
