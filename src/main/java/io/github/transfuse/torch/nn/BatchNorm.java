package io.github.transfuse.torch.nn;

import io.github.transfuse.network.NormSpec;
import java.util.function.Consumer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
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

    BatchNorm(NormSpec spec) {
        weight = parameter(spec.weight());
        bias = parameter(spec.bias());
        mean = buffer(spec.mean());
        variance = buffer(spec.variance());
        batches = counter(spec.batches());
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

    /** What each channel is multiplied with in evaluation, in float64, [C]. */
    Tensor scale() {
        Tensor spread = variance.to(ScalarType.Double).add(new Scalar(EPS)).sqrt();
        return weight.detach().to(ScalarType.Double).div(spread);
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
