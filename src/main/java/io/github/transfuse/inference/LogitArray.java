package io.github.transfuse.inference;

import io.github.transfuse.image.ResultStore;
import io.github.transfuse.tiling.RowSink;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

/** Logits of an image in an array, row-major: class, (z,) y, x. For images that fit into memory. */
public final class LogitArray implements RowSink {
    /** Probabilities nearer to 0 or 1 would become infinite. */
    private static final float MIN_PROBABILITY = 1e-6f;

    private final long[] size;
    private final int classes;
    private final int pixels;
    private final float[] values;

    /**
     * Zeros.
     *
     * @param classes outputs of the network
     * @param size of the image: x, y(, z)
     * @throws ArithmeticException if they do not fit into an array
     */
    public LogitArray(int classes, long... size) {
        this(new float[Math.multiplyExact(classes, pixels(size))], size);
    }

    private LogitArray(float[] values, long... size) {
        this.size = size.clone();
        this.pixels = pixels(size);
        this.classes = values.length / pixels;
        this.values = values;
    }

    /** Logits in this order; not copied. */
    public static LogitArray of(float[] values, long... size) {
        return new LogitArray(values, size);
    }

    private static int pixels(long... size) {
        return Math.toIntExact(Arrays.stream(size).reduce(1, Math::multiplyExact));
    }

    @Override
    public void row(long[] position, float[][] row) {
        long at = 0;
        for (int d = size.length - 1; d > 0; d--) {
            at = (at + position[d]) * size[d - 1];
        }
        for (int k = 0; k < row.length; k++) {
            System.arraycopy(row[k], 0, values, k * pixels + (int) (at + position[0]), row[k].length);
        }
    }

    /** All values; not a copy. */
    public float[] values() {
        return values;
    }

    /** The same values as an image, x, y(, z) and the class. */
    public RandomAccessibleInterval<FloatType> image() {
        long[] withClasses = Arrays.copyOf(size, size.length + 1);
        withClasses[size.length] = classes;
        return ArrayImgs.floats(values, withClasses);
    }

    /**
     * The logits at the size of an image that was fitted into the input of the network.
     *
     * @param fit how it was
     * @param image its size
     * @throws IOException if there is room neither in memory nor in a temporary file
     */
    public LogitArray atImageSize(Fit fit, long... image) throws IOException {
        LogitArray resampled = new LogitArray(classes, image);
        LogitImage.of(ResultStore.now(note -> {}), FloatBuffer.wrap(values), size)
                .resample(fit.window(), resampled, image);
        return resampled;
    }

    /** Takes the values for probabilities: of one class their logit, of several the logarithm of each. */
    public void fromProbabilities() {
        for (int i = 0; i < values.length; i++) {
            double p = Math.min(1 - MIN_PROBABILITY, Math.max(MIN_PROBABILITY, values[i]));
            values[i] = (float) (classes == 1 ? Math.log(p / (1 - p)) : Math.log(p));
        }
    }
}
