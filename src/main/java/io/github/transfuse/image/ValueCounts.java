package io.github.transfuse.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** How often values occur in many images: floats ordered as integers and counted by their upper 22 bits. */
final class ValueCounts {
    private static final int PAGE_BITS = 10;
    private static final int PAGES = 1 << 12;
    private static final int LOWER_BITS = Integer.SIZE - 22;

    /** Pages of counters, where there are any values. */
    private final long[][] pages = new long[PAGES][];

    private long count;

    /** Counts all pixels of an image. */
    void add(RandomAccessibleInterval<? extends RealType<?>> image) {
        PixelRows.forEachBlock(image, (block, from, to) -> {
            long[][] mine = new long[PAGES][];
            PixelRows rows = new PixelRows(image);
            float[] row = new float[PixelRows.length(image)];
            for (long r = from; r < to; r++) {
                rows.read(r, row);
                for (float value : row) {
                    int bin = OrderStatistics.toKey(value) >>> LOWER_BITS;
                    page(mine, bin)[bin & ((1 << PAGE_BITS) - 1)]++;
                }
            }
            merge(mine);
        });
    }

    private static long[] page(long[][] pages, int bin) {
        int page = bin >>> PAGE_BITS;
        if (pages[page] == null) {
            pages[page] = new long[1 << PAGE_BITS];
        }
        return pages[page];
    }

    private synchronized void merge(long[]... more) {
        for (int p = 0; p < PAGES; p++) {
            for (int i = 0; more[p] != null && i < more[p].length; i++) {
                page(pages, p << PAGE_BITS)[i] += more[p][i];
                count += more[p][i];
            }
        }
    }

    /**
     * A percentile, linearly interpolated between the two nearest ranks.
     *
     * @param percent in [0, 100]
     */
    double percentile(double percent) {
        double rank = percent / 100 * (count - 1);
        long below = (long) Math.floor(rank);
        double fraction = rank - below;
        double low = smallest(below);
        return fraction == 0 ? low : low + fraction * (smallest(below + 1) - low);
    }

    /** The value of rank k, counted from 0, less its lower bits. */
    private double smallest(long k) {
        long rest = k;
        for (int p = 0; p < PAGES; p++) {
            for (int i = 0; pages[p] != null && i < pages[p].length; i++) {
                rest -= pages[p][i];
                if (rest < 0) {
                    return OrderStatistics.fromKey((p << PAGE_BITS | i) << LOWER_BITS, LOWER_BITS);
                }
            }
        }
        throw new IllegalArgumentException("rank " + k + " of " + count);
    }
}
