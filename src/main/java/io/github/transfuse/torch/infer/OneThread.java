package io.github.transfuse.torch.infer;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trials on one thread of libtorch, without gradients: several threads would wait for cores that are busy with something
 * else.
 */
final class OneThread {

    private OneThread() {}

    /** Computes something that is no native object. */
    static <T> T compute(Supplier<T> trial) {
        int threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return trial.get();
        } finally {
            torch.set_num_threads(threads);
        }
    }

    /** A tensor of numbers from -1 to 1, without a draw from the random numbers of a training. */
    static Tensor numbers(long... shape) {
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return torch.linspace(new Scalar(-1.0), new Scalar(1.0), count).reshape(shape);
    }

    /** Runs an operation and frees its result. */
    static void scoped(Runnable operation) {
        try (PointerScope scope = new PointerScope()) {
            operation.run();
        }
    }
}
