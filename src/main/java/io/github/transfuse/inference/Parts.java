package io.github.transfuse.inference;

import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * An image taken apart: planes of x and y, or volumes of x, y and z, in the order of the axes behind them.
 *
 * @param whole size of the image
 * @param axes of a part, the first ones of the image
 */
public record Parts(long[] whole, int axes) {

    /** Size of a part. */
    public long[] size() {
        return Arrays.copyOf(whole, axes);
    }

    /** Number of parts. */
    public long count() {
        return Arrays.stream(whole).skip(axes).reduce(1, Math::multiplyExact);
    }

    /** One part of an image whose axes are those of this one, and may have more behind, which the part keeps. */
    public <T> RandomAccessibleInterval<T> part(RandomAccessibleInterval<T> of, long index) {
        long rest = index;
        RandomAccessibleInterval<T> part = of;
        for (int d = axes; d < whole.length; d++) {
            part = Views.hyperSlice(part, axes, rest % whole[d]);
            rest /= whole[d];
        }
        return part;
    }
}
