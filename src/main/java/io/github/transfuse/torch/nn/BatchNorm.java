package io.github.transfuse.torch.nn;

import java.util.function.Consumer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Batch normalisation with eps 1e-5 and momentum 0.1 over [B, C, (D,) H, W]. */
public final class BatchNorm extends Layer {

    /** Added to the variance. */
    public static final double EPS = 1e-5;

    private static final double MOMENTUM = 0.1;

    private final Tensor weight;
    private final Tensor bias;
    private final Tensor mean;
    private final Tensor variance;
    private final Tensor batches;
    private Consumer<Tensor> observer = input -> {};

    BatchNorm(int channels) {
        weight = parameter("weight", torch.ones(channels));
        bias = parameter("bias", torch.zeros(channels));
        mean = buffer("running_mean", torch.zeros(channels));
        variance = buffer("running_var", torch.ones(channels));
        batches = buffer("num_batches_tracked", torch.zeros(new long[0], new TensorOptions(ScalarType.Long)));
    }

    Tensor forward(Tensor x) {
        observer.accept(x);
        if (training()) {
            try (NoGradGuard guard = new NoGradGuard()) {
                batches.add_(new Scalar(1));
            }
        }
        return torch.batch_norm(
                x,
                Tensors.optional(weight),
                Tensors.optional(bias),
                Tensors.optional(mean),
                Tensors.optional(variance),
                training(),
                MOMENTUM,
                EPS,
                false);
    }

    /** Shows every coming input to the observer, until another takes its place. */
    public void observe(Consumer<Tensor> newObserver) {
        observer = newObserver;
    }

    /** Factor per channel, [C]. */
    public Tensor weight() {
        return weight;
    }

    /** Offset per channel, [C]. */
    public Tensor bias() {
        return bias;
    }

    /** Running mean, [C]. */
    public Tensor mean() {
        return mean;
    }

    /** Running variance, [C]. */
    public Tensor variance() {
        return variance;
    }
}
