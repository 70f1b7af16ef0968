package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.BatchNorm;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Gives a ResNet whose batch normalisation was folded into its convolutions one that works in training. With factor 1,
 * mean 0 and variance 1 the network is right in evaluation only: batch statistics would wipe out the features. So the
 * norms watch some images, take the mean m and variance v they see as their running statistics, and set factor
 * sqrt(v + eps) and offset b + m, which leaves the output as it is.
 */
final class NormCalibration implements AutoCloseable {

    private final TransFuseNetwork network;
    private final List<Watched> watched = new ArrayList<>();

    /** Starts watching all norms of the ResNet; the network must be in evaluation mode. */
    NormCalibration(TransFuseNetwork network) {
        this.network = network;
        network.resnet().visit("", (prefix, layer) -> {
            if (layer instanceof BatchNorm norm) {
                watched.add(new Watched(norm));
            }
        });
    }

    /** Shows images to the network, [B, C, (D,) H, W], normalised. */
    void watch(Tensor images) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            network.forward(images);
        }
    }

    /** Sets the norms and stops watching. */
    @Override
    public void close() {
        watched.forEach(Watched::finish);
    }

    /** The inputs of one norm, summed up. */
    private static final class Watched {
        private final BatchNorm norm;
        private final double[] sum;
        private final double[] squares;
        private double count;

        Watched(BatchNorm norm) {
            this.norm = norm;
            int channels = Math.toIntExact(norm.weight().numel());
            sum = new double[channels];
            squares = new double[channels];
            norm.observe(this::add);
        }

        private void add(Tensor input) {
            Tensor exact = input.to(ScalarType.Double);
            long[] others =
                    LongStream.range(0, input.dim()).filter(axis -> axis != 1).toArray();
            addTo(sum, exact.sum(others));
            addTo(squares, exact.mul(exact).sum(others));
            count += (double) input.numel() / input.size(1);
        }

        private static void addTo(double[] totals, Tensor values) {
            DoubleBuffer buffer = values.contiguous().createBuffer();
            for (int i = 0; i < totals.length; i++) {
                totals[i] += buffer.get(i);
            }
        }

        private void finish() {
            norm.observe(input -> {});
            double[] means = new double[sum.length];
            double[] variances = new double[sum.length];
            for (int i = 0; i < sum.length; i++) {
                means[i] = sum[i] / count;
                variances[i] = Math.max(0, squares[i] / count - means[i] * means[i]);
            }
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                Tensor mean = Tensor.create(means);
                Tensor variance = Tensor.create(variances);
                norm.mean().copy_(mean);
                norm.variance().copy_(variance);
                norm.weight().copy_(torch.sqrt(variance.add(new Scalar(BatchNorm.EPS))));
                norm.bias().add_(mean.to(norm.bias().scalar_type()));
            }
        }
    }
}
