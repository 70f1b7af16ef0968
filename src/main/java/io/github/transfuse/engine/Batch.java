package io.github.transfuse.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A dense batch of float values, row-major: N, C, [D,] H, W for tiles and N, K, [D,] H, W for logits.
 *
 * @param values direct buffer in native byte order; its first {@code count} elements belong to the batch
 * @param shape length of every axis
 */
public record Batch(FloatBuffer values, int[] shape) {

    /** A batch of zeros. */
    public static Batch allocate(int... shape) {
        int count = Math.toIntExact(count(shape));
        FloatBuffer values = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return new Batch(values, shape.clone());
    }

    /** Number of elements. */
    public long count() {
        return count(shape);
    }

    private static long count(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }
}
