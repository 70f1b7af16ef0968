package io.github.transfuse.torch.nn;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/** Shapes of tensors for people and comparisons. */
public final class ShapeText {

    private ShapeText() {}

    /** Length of every axis. */
    public static long[] of(Tensor tensor) {
        long[] shape = new long[Math.toIntExact(tensor.dim())];
        Arrays.setAll(shape, tensor::size);
        return shape;
    }

    /** Numbers of the spatial axes of a map [B, C, (D,) H, W]. */
    public static long[] pixelAxes(Tensor map) {
        return LongStream.range(2, map.dim()).toArray();
    }

    /** Such as {@code [1, 3, 192, 256]}. */
    public static String toString(Tensor tensor) {
        return Arrays.toString(of(tensor));
    }
}
