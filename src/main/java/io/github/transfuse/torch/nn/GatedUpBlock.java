package io.github.transfuse.torch.nn;

import io.github.transfuse.network.GatedUpBlockSpec;
import org.bytedeco.pytorch.Tensor;

/**
 * One decoder step with a gated skip: the map is upsampled x2 (corners aligned), opens the {@link AttentionGate} of the
 * skip, and both go through {@link DoubleConv}, the skip first.
 */
public final class GatedUpBlock extends Layer {

    private final DoubleConv conv;
    private final AttentionGate gate;

    GatedUpBlock(GatedUpBlockSpec spec) {
        conv = child(spec.conv(), DoubleConv::new);
        gate = child(spec.gate(), AttentionGate::new);
    }

    /** The convolutions over the skip and the upsampled map. */
    public DoubleConv conv() {
        return conv;
    }

    /** The gate of the skip. */
    public AttentionGate gate() {
        return gate;
    }

    /**
     * Decodes.
     *
     * @param x [B, in, H, W]
     * @param skip [B, skip, 2H, 2W]
     * @param stage from 1 on, the number in the names of the taps
     * @return [B, out, 2H, 2W]
     */
    Tensor forward(Tensor x, Tensor skip, int stage, Taps taps) {
        Tensor up = Tensors.doubled(x);
        Tensor opening = taps.see("psi" + stage, gate.opening(up, skip));
        Tensor gated = taps.see("ag" + stage, skip.mul(opening));
        return conv.forward(Tensors.concatenate(gated, up));
    }
}
