package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * BiFusion (paper, section 2.2): joins the map g of the CNN branch and the map x of the transformer branch. Channel
 * attention (squeeze and excitation) selects in x, spatial attention (CBAM) in g, and their bilinear product models how
 * they interact; a residual block mixes the three.
 */
public final class BiFusion extends Layer {

    private final Conv squeeze;
    private final Conv excite;
    private final ConvBnRelu spatial;
    private final ConvBnRelu projectCnn;
    private final ConvBnRelu projectTransformer;
    private final ConvBnRelu product;
    private final ResidualBottleneck residual;
    private final double dropout;

    /**
     * A fusion.
     *
     * @param widths channels
     * @param dropout probability of dropping a channel of the result in training
     */
    BiFusion(Scales scales, Widths widths, double dropout) {
        Kernel one = Kernel.of(scales, 1);
        int transformer = widths.transformer;
        int out = widths.out;
        int squeezed = transformer / widths.reduction;
        squeeze = child("fc1", new Conv(one, transformer, squeezed, true));
        excite = child("fc2", new Conv(one, squeezed, transformer, true));
        spatial = child("spatial", ConvBnRelu.unbiased(Kernel.of(scales, 7), 2, 1));
        projectCnn = child("W_g", ConvBnRelu.normalized(one, widths.cnn, out));
        projectTransformer = child("W_x", ConvBnRelu.normalized(one, transformer, out));
        product = child("W", ConvBnRelu.activated(Kernel.of(scales, 3), out, out));
        residual = child("residual", new ResidualBottleneck(scales, widths.cnn + transformer + out, out));
        this.dropout = dropout;
    }

    /**
     * Channels of a fusion.
     *
     * @param cnn of g
     * @param transformer of x
     * @param reduction of the squeeze
     * @param out of the bilinear product and of the result
     */
    record Widths(int cnn, int transformer, int reduction, int out) {}

    /**
     * Fuses.
     *
     * @param g [B, cnn, (D,) H, W]
     * @param x [B, transformer, (D,) H, W]
     * @param level 0 for the deepest of the three fusions, the number in the names of the taps
     * @return [B, out, (D,) H, W]
     */
    Tensor forward(Tensor g, Tensor x, int level, Taps taps) {
        Tensor bilinear = product.forward(projectCnn.forward(g).mul(projectTransformer.forward(x)));
        taps.see("bp" + level, bilinear);
        Tensor where = torch.sigmoid(taps.see("sa" + level, spatial.forward(pooledChannels(g))));
        Tensor which = torch.sigmoid(taps.see("ca" + level, channelAttention(x)));
        Tensor joined = Tensors.concatenate(g.mul(where), x.mul(which), bilinear);
        return torch.feature_dropout(residual.forward(joined), dropout, training());
    }

    /** Maximum and mean over the channels, in this order: [B, 2, (D,) H, W]. */
    private static Tensor pooledChannels(Tensor g) {
        return torch.cat(
                new TensorVector(g.amax(new long[] {1}, true), g.mean(new long[] {1}, true, new ScalarTypeOptional())),
                1);
    }

    /** [B, C, (D,) H, W] to [B, C, (1,) 1, 1]. */
    private Tensor channelAttention(Tensor x) {
        Tensor pooled = x.mean(Shapes.pixelAxes(x), true, new ScalarTypeOptional());
        return excite.forward(torch.relu_(squeeze.forward(pooled)));
    }
}
