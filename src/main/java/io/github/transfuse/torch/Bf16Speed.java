package io.github.transfuse.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Finds out by a measurement of some milliseconds whether this processor multiplies bf16 numbers in hardware, for systems
 * that do not tell. Without the hardware, libtorch computes in float32 and converts, which is slower than float32 alone.
 */
final class Bf16Speed {
    private static final long SIDE = 512;
    private static final int ROUNDS = 6;

    /** AVX512-BF16 computes twice, AMX eight or more times as many products as float32 in the same time. */
    private static final double HARDWARE = 1.3;

    private Bf16Speed() {}

    /**
     * How many times as fast a product of matrices is in bf16 as in float32, on one thread: others would wait for cores
     * that are busy with something else.
     */
    static double ratio() {
        int threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try {
            return ratioOnOneThread();
        } finally {
            torch.set_num_threads(threads);
        }
    }

    private static double ratioOnOneThread() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor floats = torch.rand(SIDE, SIDE);
            Tensor halves = floats.to(ScalarType.BFloat16);
            double slow = Double.MAX_VALUE;
            double fast = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                slow = Math.min(slow, seconds(floats));
                fast = Math.min(fast, seconds(halves));
            }
            return slow / fast;
        }
    }

    static boolean isNative() {
        return ratio() > HARDWARE;
    }

    private static double seconds(Tensor matrix) {
        long start = System.nanoTime();
        matrix.matmul(matrix).close();
        return (System.nanoTime() - start) / 1e9;
    }
}
