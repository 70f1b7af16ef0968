package io.github.transfuse.measure;

/**
 * The perimeter of outlines along pixel edges as ImageJ computes it for traced selections: lengths of all edges, and at each
 * corner the diagonal in place of its two edges. Of corners one edge apart, as in stairs, every second counts.
 */
final class TracedLength {
    private long horizontal;
    private long vertical;
    private long corners;

    /** Adds a closed outline; which corners of stairs count depends on where it begins. */
    void add(long[] x, long[] y) {
        boolean corner = false;
        int last = x.length - 1;
        for (int i = 0; i < x.length; i++) {
            long dx = Math.abs(x[i] - x[last]);
            long dy = Math.abs(y[i] - y[last]);
            horizontal += dx;
            vertical += dy;
            corner = dx + dy > 1 || !corner;
            corners += corner ? 1 : 0;
            last = i;
        }
    }

    /** With pixels of this width and height. */
    double length(double width, double height) {
        return horizontal * width + vertical * height - corners * (width + height - Math.hypot(width, height));
    }
}
