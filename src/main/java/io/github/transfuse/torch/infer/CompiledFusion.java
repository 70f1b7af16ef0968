package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.BatchNorm;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** BiFusion. Of the norms in its residual bottleneck, the first stays, because a ReLU parts it from its convolution. */
final class CompiledFusion {

    private final Unary squeeze;
    private final Unary excite;
    private final Unary spatial;
    private final Unary projectCnn;
    private final Binary product;
    private final Unary mix;
    private final Norm norm;
    private final Unary reduce;
    private final Unary middle;
    private final Binary expand;
    private final Unary shortcut;

    /** A fusion whose names in the state dictionary start with the prefix. */
    CompiledFusion(Builder builder, String prefix) {
        squeeze = builder.conv(prefix + ".fc1", Activation.RELU);
        excite = builder.conv(prefix + ".fc2", Activation.SIGMOID);
        spatial = builder.conv(prefix + ".spatial.conv", prefix + ".spatial.bn", Activation.SIGMOID);
        projectCnn = builder.conv(prefix + ".W_g.conv", prefix + ".W_g.bn", Activation.NONE);
        product = builder.join(prefix + ".W_x.conv", prefix + ".W_x.bn", Join.MULTIPLY, Activation.NONE);
        mix = builder.conv(prefix + ".W.conv", prefix + ".W.bn", Activation.RELU);
        String residual = prefix + ".residual.";
        norm = new Norm(builder, residual + "bn1");
        reduce = builder.conv(residual + "conv1.conv", residual + "bn2", Activation.RELU);
        middle = builder.conv(residual + "conv2.conv", residual + "bn3", Activation.RELU);
        expand = builder.kernels().conv(builder.weights().plain(residual + "conv3.conv"), Join.ADD, Activation.NONE);
        // In every variant the widths differ, so the shortcut is always projected
        shortcut = builder.conv(residual + "skip_layer.conv", Activation.NONE);
    }

    /** The maps of the CNN branch, g, and of the transformer branch, x, at one resolution. */
    Tensor apply(Tensor g, Tensor x) {
        Tensor bilinear = mix.apply(product.apply(x, projectCnn.apply(g)));
        Tensor where = spatial.apply(pooledChannels(g));
        Tensor which = excite.apply(squeeze.apply(x.mean(new long[] {2, 3}, true, new ScalarTypeOptional())));
        Tensor joined = torch.cat(new TensorVector(g.mul(where), x.mul(which), bilinear), 1);
        Tensor hidden = middle.apply(reduce.apply(torch.relu_(norm.apply(joined))));
        return expand.apply(hidden, shortcut.apply(joined));
    }

    private static Tensor pooledChannels(Tensor g) {
        long[] channels = {1};
        return torch.cat(new TensorVector(g.amax(channels, true), g.mean(channels, true, new ScalarTypeOptional())), 1);
    }

    private static final class Norm {
        private final TensorOptional weight;
        private final TensorOptional bias;
        private final TensorOptional mean;
        private final TensorOptional variance;

        Norm(Builder builder, String prefix) {
            weight = optional(builder, prefix + ".weight");
            bias = optional(builder, prefix + ".bias");
            mean = optional(builder, prefix + ".running_mean");
            variance = optional(builder, prefix + ".running_var");
        }

        private static TensorOptional optional(Builder builder, String key) {
            return builder.kept().keep(new TensorOptional(builder.tensor(key)));
        }

        Tensor apply(Tensor x) {
            return torch.batch_norm(x, weight, bias, mean, variance, false, 0, BatchNorm.EPS, false);
        }
    }
}
