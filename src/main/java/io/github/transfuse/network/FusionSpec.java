package io.github.transfuse.network;

import java.util.List;

/**
 * BiFusion (paper, section 2.2).
 *
 * @param squeeze of the channel attention
 * @param excite of the channel attention
 * @param spatial attention over the maximum and the mean of the channels
 * @param projectCnn of the CNN's map, before the product
 * @param projectTransformer of the transformer's map, before the product
 * @param product mixes their product
 * @param residual mixes the three
 */
public record FusionSpec(
        Part<ConvSpec> squeeze,
        Part<ConvSpec> excite,
        Part<UnitSpec> spatial,
        Part<UnitSpec> projectCnn,
        Part<UnitSpec> projectTransformer,
        Part<UnitSpec> product,
        Part<BottleneckSpec> residual)
        implements LayerSpec {

    static FusionSpec of(Scales scales, Widths widths) {
        Kernel one = Kernel.of(scales, 1);
        int transformer = widths.transformer;
        int out = widths.out;
        int squeezed = transformer / widths.reduction;
        return new FusionSpec(
                new Part<>("fc1", ConvSpec.biased(one, transformer, squeezed)),
                new Part<>("fc2", ConvSpec.biased(one, squeezed, transformer)),
                new Part<>("spatial", UnitSpec.normalized(ConvSpec.unbiased(Kernel.of(scales, 7), 2, 1))),
                new Part<>("W_g", UnitSpec.normalized(ConvSpec.biased(one, widths.cnn, out))),
                new Part<>("W_x", UnitSpec.normalized(ConvSpec.biased(one, transformer, out))),
                new Part<>("W", UnitSpec.activated(ConvSpec.biased(Kernel.of(scales, 3), out, out))),
                new Part<>("residual", BottleneckSpec.of(scales, widths.cnn + transformer + out, out)));
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

    @Override
    public List<Part<?>> parts() {
        return List.of(squeeze, excite, spatial, projectCnn, projectTransformer, product, residual);
    }
}
