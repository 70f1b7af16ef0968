package io.github.transfuse.network;

import java.util.List;

/**
 * A decoder step without a skip.
 *
 * @param conv behind the upsampling
 */
public record UpBlockSpec(Part<DoubleConvSpec> conv) implements LayerSpec {

    static UpBlockSpec of(Scales scales, int in, int out) {
        return new UpBlockSpec(new Part<>("conv", DoubleConvSpec.of(scales, in, out)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(conv);
    }
}
