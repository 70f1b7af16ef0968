package io.github.transfuse.torch.nn;

import io.github.transfuse.network.FusionSpec;
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
     * @param dropout probability of dropping a channel of the result in training
     */
    BiFusion(FusionSpec spec, double dropout) {
        squeeze = child(spec.squeeze(), Conv::new);
        excite = child(spec.excite(), Conv::new);
        spatial = child(spec.spatial(), ConvBnRelu::new);
        projectCnn = child(spec.projectCnn(), ConvBnRelu::new);
        projectTransformer = child(spec.projectTransformer(), ConvBnRelu::new);
        product = child(spec.product(), ConvBnRelu::new);
        residual = child(spec.residual(), ResidualBottleneck::new);
        this.dropout = dropout;
    }

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
        Tensor pooled = x.mean(ShapeText.pixelAxes(x), true, new ScalarTypeOptional());
        return excite.forward(torch.relu_(squeeze.forward(pooled)));
    }

    /** First of the channel attention. */
    public Conv squeeze() {
        return squeeze;
    }

    /** Second of the channel attention. */
    public Conv excite() {
        return excite;
    }

    /** The spatial attention. */
    public ConvBnRelu spatial() {
        return spatial;
    }

    /** Of the CNN's map, before the product. */
    public ConvBnRelu projectCnn() {
        return projectCnn;
    }

    /** Of the transformer's map, before the product. */
    public ConvBnRelu projectTransformer() {
        return projectTransformer;
    }

    /** Behind the product. */
    public ConvBnRelu product() {
        return product;
    }

    /** Mixes the three. */
    public ResidualBottleneck residual() {
        return residual;
    }
}
