package io.github.transfuse.network;

import java.util.List;

/**
 * A 1x1 convolution and its batch normalisation, named by their places.
 *
 * @param conv the convolution
 * @param norm the batch normalisation behind it
 */
public record PointwiseSpec(Part<ConvSpec> conv, Part<NormSpec> norm) implements LayerSpec {

    private static PointwiseSpec of(ConvSpec conv) {
        return new PointwiseSpec(new Part<>("0", conv), new Part<>("1", new NormSpec(conv.out())));
    }

    /** With offsets, as in gates and decoder steps. */
    static PointwiseSpec biased(Scales scales, int in, int out) {
        return of(ConvSpec.biased(Kernel.of(scales, 1), in, out));
    }

    /** The projection of a ResNet's shortcut: with stride and without offsets. */
    static PointwiseSpec projection(Scales scales, int in, int out, int stride) {
        return of(ConvSpec.residual(Kernel.strided(scales, 1, stride), in, out));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(conv, norm);
    }
}
