package io.github.transfuse.image;

import java.util.Arrays;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/**
 * Resamples images of any dimension to another size, one dimension after the other: bilinear (trilinear, ...) with
 * half-pixel centres, and the mean over the covered area where a dimension shrinks by more than two.
 */
public final class Resampler {
    private Resampler() {}

    /**
     * An image resampled to a size.
     *
     * @param image finite values
     * @param size new size per dimension, in the order of the image's dimensions, positive
     * @return a new image from 0 on; a copy where the size is the same
     */
    public static Img<FloatType> resample(RandomAccessibleInterval<? extends RealType<?>> image, long... size) {
        if (size.length != image.numDimensions() || Arrays.stream(size).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("An image of " + image.numDimensions()
                    + " dimensions cannot be resampled to the size " + Arrays.toString(size) + ".");
        }
        Img<FloatType> result = alongRows(image, size[0]);
        for (int d = 1; d < size.length; d++) {
            if (result.dimension(d) != size[d]) {
                result = acrossRows(result, d, size[d]);
            }
        }
        return result;
    }

    /**
     * Values of a row-major array resampled to another shape, as for logits on their way back to the image.
     *
     * @param values row-major, the last dimension fastest
     * @param shape sizes, outermost first, such as {@code {channels, height, width}}
     * @param target new sizes in the same order
     * @return a new row-major array
     */
    public static float[] resample(float[] values, int[] shape, int[] target) {
        long[] size = reversed(target);
        float[] result = new float[Math.toIntExact(Intervals.numElements(size))];
        Img<FloatType> resampled = resample(ArrayImgs.floats(values, reversed(shape)), size);
        int i = 0;
        for (FloatType value : resampled) {
            result[i++] = value.get();
        }
        return result;
    }

    private static long[] reversed(int[] shape) {
        long[] size = new long[shape.length];
        for (int d = 0; d < size.length; d++) {
            size[d] = shape[size.length - 1 - d];
        }
        return size;
    }

    private static Img<FloatType> alongRows(RandomAccessibleInterval<? extends RealType<?>> image, long length) {
        ResamplingWeights weights = ResamplingWeights.of(image.dimension(0), length);
        Img<FloatType> result = FloatImages.create(resized(image, 0, length));
        PixelRows.forEachBlock(result, (block, from, to) -> {
            PixelRows source = new PixelRows(image);
            PixelRows target = new PixelRows(result);
            float[] in = new float[PixelRows.length(image)];
            float[] out = new float[PixelRows.length(result)];
            for (long row = from; row < to; row++) {
                source.read(row, in);
                target.write(row, in.length == out.length ? in : weighted(in, weights, out));
            }
        });
        return result;
    }

    private static float[] weighted(float[] in, ResamplingWeights table, float[] out) {
        for (int x = 0; x < out.length; x++) {
            float[] weights = table.weights()[x];
            int first = (int) table.first()[x];
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * in[first + k];
            }
            out[x] = sum;
        }
        return out;
    }

    private static Img<FloatType> acrossRows(Img<FloatType> image, int d, long length) {
        ResamplingWeights table = ResamplingWeights.of(image.dimension(d), length);
        Img<FloatType> result = FloatImages.create(resized(image, d, length));
        // Rows of the source that lie one step apart along d
        long stride = rowStride(image, d);
        PixelRows.forEachBlock(result, (block, from, to) -> {
            PixelRows source = new PixelRows(image);
            PixelRows target = new PixelRows(result);
            float[] in = new float[PixelRows.length(image)];
            float[] out = new float[in.length];
            for (long row = from; row < to; row++) {
                int i = (int) (row / stride % length);
                long base = row / (stride * length) * stride * image.dimension(d) + row % stride;
                Arrays.fill(out, 0);
                for (int k = 0; k < table.weights()[i].length; k++) {
                    source.read(base + (table.first()[i] + k) * stride, in);
                    addScaled(out, in, table.weights()[i][k]);
                }
                target.write(row, out);
            }
        });
        return result;
    }

    private static void addScaled(float[] sum, float[] row, float weight) {
        for (int x = 0; x < sum.length; x++) {
            sum[x] += weight * row[x];
        }
    }

    private static long rowStride(Interval interval, int d) {
        long stride = 1;
        for (int e = 1; e < d; e++) {
            stride *= interval.dimension(e);
        }
        return stride;
    }

    private static long[] resized(Interval interval, int d, long length) {
        long[] size = interval.dimensionsAsLongArray();
        size[d] = length;
        return size;
    }
}
