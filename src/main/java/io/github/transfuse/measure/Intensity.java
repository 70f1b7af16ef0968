package io.github.transfuse.measure;

/**
 * The values of a channel within an object.
 *
 * @param mean their mean
 * @param sd their standard deviation, with n - 1; 0 for one pixel
 * @param min the smallest
 * @param max the largest
 */
public record Intensity(double mean, double sd, double min, double max) {

    /** Sums are those of differences to the first value, which keeps the digits of nearly equal values. */
    static final class Sum {
        private long count;
        private double first;
        private double sum;
        private double squares;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        void add(double value) {
            if (count++ == 0) {
                first = value;
            }
            double difference = value - first;
            sum += difference;
            squares += difference * difference;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }

        Intensity result() {
            double variance = count > 1 ? (squares - sum * sum / count) / (count - 1) : 0;
            return new Intensity(first + sum / count, Math.sqrt(Math.max(0, variance)), min, max);
        }
    }
}
