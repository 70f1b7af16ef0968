package io.github.transfuse.tiling;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Buffers that native code reads without a copy. */
public final class DirectFloats {
    private DirectFloats() {}

    /**
     * Zeros for a tensor of this shape, in native byte order.
     *
     * @throws ArithmeticException if there are too many for a buffer
     */
    public static FloatBuffer allocate(int... shape) {
        int bytes = Float.BYTES;
        for (int length : shape) {
            bytes = Math.multiplyExact(bytes, length);
        }
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
