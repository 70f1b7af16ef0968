package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.BatchNorm;
import io.github.transfuse.torch.nn.BiFusion;
import io.github.transfuse.torch.nn.Folded;
import java.util.List;
import java.util.Optional;
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
    private final Optional<Unary> shortcut;

    CompiledFusion(Builder builder, BiFusion fusion) {
        squeeze = builder.conv(fusion.squeeze().folded(), Activation.RELU);
        excite = builder.conv(fusion.excite().folded(), Activation.SIGMOID);
        spatial = builder.conv(fusion.spatial(), Activation.SIGMOID);
        projectCnn = builder.conv(fusion.projectCnn(), Activation.NONE);
        product = builder.kernels().conv(fusion.projectTransformer().folded(), Join.MULTIPLY, Activation.NONE);
        mix = builder.conv(fusion.product(), Activation.RELU);
        List<Folded> residual = fusion.residual().folded();
        norm = new Norm(builder, fusion.residual().norm());
        reduce = builder.conv(residual.get(0), Activation.RELU);
        middle = builder.conv(residual.get(1), Activation.RELU);
        expand = builder.kernels().conv(residual.get(2), Join.ADD, Activation.NONE);
        shortcut = fusion.residual().shortcut().map(weights -> builder.conv(weights, Activation.NONE));
    }

    /** The maps of the CNN branch, g, and of the transformer branch, x, at one resolution. */
    Tensor apply(Tensor g, Tensor x) {
        Tensor bilinear = mix.apply(product.apply(x, projectCnn.apply(g)));
        Tensor where = spatial.apply(pooledChannels(g));
        Tensor which = excite.apply(squeeze.apply(x.mean(new long[] {2, 3}, true, new ScalarTypeOptional())));
        Tensor joined = torch.cat(new TensorVector(g.mul(where), x.mul(which), bilinear), 1);
        Tensor hidden = middle.apply(reduce.apply(torch.relu_(norm.apply(joined))));
        return expand.apply(hidden, shortcut.map(layer -> layer.apply(joined)).orElse(joined));
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

        Norm(Builder builder, BatchNorm norm) {
            weight = optional(builder, norm.weight());
            bias = optional(builder, norm.bias());
            mean = optional(builder, norm.mean());
            variance = optional(builder, norm.variance());
        }

        private static TensorOptional optional(Builder builder, Tensor stored) {
            return builder.kept().keep(new TensorOptional(builder.tensor(stored)));
        }

        Tensor apply(Tensor x) {
            return torch.batch_norm(x, weight, bias, mean, variance, false, 0, BatchNorm.EPS, false);
        }
    }
}
