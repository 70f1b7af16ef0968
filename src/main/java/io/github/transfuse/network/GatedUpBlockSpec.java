package io.github.transfuse.network;

import java.util.List;

/**
 * A decoder step with a gated skip.
 *
 * @param conv over the skip and the upsampled map
 * @param gate of the skip
 */
public record GatedUpBlockSpec(Part<DoubleConvSpec> conv, Part<GateSpec> gate) implements LayerSpec {

    static GatedUpBlockSpec of(Scales scales, int in, int skip, int out) {
        return new GatedUpBlockSpec(
                new Part<>("conv", DoubleConvSpec.of(scales, in + skip, out)),
                new Part<>("attn_block", GateSpec.of(scales, in, skip, out)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(conv, gate);
    }
}
