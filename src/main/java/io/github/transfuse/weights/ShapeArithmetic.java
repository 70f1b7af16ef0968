package io.github.transfuse.weights;

/** Arithmetic on tensor shapes. */
final class ShapeArithmetic {
    private ShapeArithmetic() {}

    /**
     * Number of elements of a shape; 1 for a scalar.
     *
     * @throws IllegalArgumentException if a size is negative
     * @throws ArithmeticException if the product overflows
     */
    static long count(long... shape) {
        boolean empty = false;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("A tensor dimension cannot be negative: " + size);
            }
            empty |= size == 0;
        }
        // Asked first, so that [2^40, 2^40, 0] is empty rather than an overflow.
        if (empty) {
            return 0;
        }
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }
}
