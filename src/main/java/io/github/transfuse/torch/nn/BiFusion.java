package io.github.transfuse.torch.nn;

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

    private final Conv2d squeeze;
    private final Conv2d excite;
    private final ConvBnRelu spatial;
    private final ConvBnRelu projectCnn;
    private final ConvBnRelu projectTransformer;
    private final ConvBnRelu product;
    private final ResidualBottleneck residual;
    private final double dropout;

    /**
     * A fusion.
     *
     * @param cnn channels of g
     * @param transformer channels of x
     * @param reduction of the squeeze
     * @param out channels of the bilinear product and of the result
     * @param dropout probability of dropping a channel of the result in training
     */
    BiFusion(int cnn, int transformer, int reduction, int out, double dropout) {
        squeeze = child("fc1", new Conv2d(transformer, transformer / reduction, 1, true));
        excite = child("fc2", new Conv2d(transformer / reduction, transformer, 1, true));
        spatial = child("spatial", ConvBnRelu.unbiased(2, 1, 7));
        projectCnn = child("W_g", ConvBnRelu.normalized(cnn, out, 1));
        projectTransformer = child("W_x", ConvBnRelu.normalized(transformer, out, 1));
        product = child("W", ConvBnRelu.activated(out, out, 3));
        residual = child("residual", new ResidualBottleneck(cnn + transformer + out, out));
        this.dropout = dropout;
    }

    /**
     * Fuses.
     *
     * @param g [B, cnn, H, W]
     * @param x [B, transformer, H, W]
     * @param level 0 for the deepest of the three fusions, the number in the names of the taps
     * @return [B, out, H, W]
     */
    Tensor forward(Tensor g, Tensor x, int level, Taps taps) {
        Tensor bilinear = product.forward(projectCnn.forward(g).mul(projectTransformer.forward(x)));
        taps.see("bp" + level, bilinear);
        Tensor where = torch.sigmoid(taps.see("sa" + level, spatial.forward(pooledChannels(g))));
        Tensor which = torch.sigmoid(taps.see("ca" + level, channelAttention(x)));
        Tensor joined = Tensors.concatenate(g.mul(where), x.mul(which), bilinear);
        return torch.feature_dropout(residual.forward(joined), dropout, training());
    }

    /** Maximum and mean over the channels, in this order: [B, 2, H, W]. */
    private static Tensor pooledChannels(Tensor g) {
        return torch.cat(
                new TensorVector(g.amax(new long[] {1}, true), g.mean(new long[] {1}, true, new ScalarTypeOptional())),
                1);
    }

    /** [B, C, H, W] to [B, C, 1, 1]. */
    private Tensor channelAttention(Tensor x) {
        Tensor pooled = x.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
        return excite.forward(torch.relu_(squeeze.forward(pooled)));
    }
}
