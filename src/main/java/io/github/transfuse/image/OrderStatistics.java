package io.github.transfuse.image;

import java.util.HashMap;
import java.util.Map;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/**
 * Finds the k-th smallest pixel, exactly and without sorting, for any number of pixels. Floats ordered as integers are
 * counted by their upper 16 bits in a first pass, and inside the bin of interest by their lower 16 bits in a second. Whole
 * numbers of 8 bits have no lower bits.
 */
final class OrderStatistics {
    private static final int BINS = 1 << 16;

    private final RandomAccessibleInterval<? extends RealType<?>> image;
    private final long[] upper;
    private final Map<Integer, long[]> lower = new HashMap<>();
    private final long count;

    OrderStatistics(RandomAccessibleInterval<? extends RealType<?>> image) {
        this.image = image;
        upper = histogram(0, 0);
        long sum = 0;
        for (long n : upper) {
            sum += n;
        }
        count = sum;
    }

    /**
     * A percentile, linearly interpolated between the two nearest ranks (NumPy's default).
     *
     * @param percent in [0, 100]
     */
    double percentile(double percent) {
        double rank = percent / 100 * (count - 1);
        long below = (long) Math.floor(rank);
        double fraction = rank - below;
        float low = smallest(below);
        return fraction == 0 ? low : low + fraction * ((double) smallest(below + 1) - low);
    }

    /** The pixel of rank k, counted from 0. */
    private float smallest(long k) {
        int bin = 0;
        long rest = k;
        while (rest >= upper[bin]) {
            rest -= upper[bin++];
        }
        long[] inside = lower.computeIfAbsent(bin, this::inside);
        int low = 0;
        while (rest >= inside[low]) {
            rest -= inside[low++];
        }
        return fromKey((bin << 16) | low);
    }

    private long[] inside(int bin) {
        return isOfBytes() ? new long[] {upper[bin]} : histogram(1, bin);
    }

    /** As old hosts tell it, too: their images have no {@code getType}. */
    private boolean isOfBytes() {
        RandomAccess<? extends RealType<?>> access = image.randomAccess();
        image.min(access);
        return access.get() instanceof UnsignedByteType;
    }

    /** Level 0 counts all pixels by the upper half of their key; level 1 those of one bin by the lower half. */
    private long[] histogram(int level, int bin) {
        long[] sum = new long[BINS];
        PixelRows.forEachBlock(image, (block, from, to) -> {
            long[] mine = new long[BINS];
            PixelRows rows = new PixelRows(image);
            float[] row = new float[PixelRows.length(image)];
            for (long r = from; r < to; r++) {
                rows.read(r, row);
                for (float value : row) {
                    int key = toKey(value);
                    if (level == 0) {
                        mine[key >>> 16]++;
                    } else if (key >>> 16 == bin) {
                        mine[key & 0xffff]++;
                    }
                }
            }
            synchronized (sum) {
                for (int i = 0; i < BINS; i++) {
                    sum[i] += mine[i];
                }
            }
        });
        return sum;
    }

    /** Maps floats to integers whose unsigned order is the order of the floats. */
    static int toKey(float value) {
        int bits = Float.floatToIntBits(value);
        return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    }

    /** The number nearest to zero of those whose keys differ from this one in their lower bits only. */
    static float fromKey(int key, int lowerBits) {
        return fromKey(key < 0 ? key : key | (1 << lowerBits) - 1);
    }

    private static float fromKey(int key) {
        return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
    }
}
