package io.github.transfuse.network;

import java.util.List;

/**
 * The attention gate of a skip connection.
 *
 * @param decoder sees the map of the decoder
 * @param skip sees the skip
 * @param opening makes one number a pixel of both
 */
public record GateSpec(Part<PointwiseSpec> decoder, Part<PointwiseSpec> skip, Part<PointwiseSpec> opening)
        implements LayerSpec {

    static GateSpec of(Scales scales, int decoder, int skip, int hidden) {
        return new GateSpec(
                new Part<>("W_g", PointwiseSpec.biased(scales, decoder, hidden)),
                new Part<>("W_x", PointwiseSpec.biased(scales, skip, hidden)),
                new Part<>("psi", PointwiseSpec.biased(scales, hidden, 1)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(decoder, skip, opening);
    }
}
