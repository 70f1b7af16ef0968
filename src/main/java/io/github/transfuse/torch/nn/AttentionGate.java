package io.github.transfuse.torch.nn;

import io.github.transfuse.network.GateSpec;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention gate of a skip connection (Attention U-Net, arXiv:1804.03999): the decoder's map decides where the skip is
 * let through.
 */
public final class AttentionGate extends Layer {

    private final PointwiseBn gate;
    private final PointwiseBn skip;
    private final PointwiseBn psi;

    AttentionGate(GateSpec spec) {
        gate = child(spec.decoder(), PointwiseBn::new);
        skip = child(spec.skip(), PointwiseBn::new);
        psi = child(spec.opening(), PointwiseBn::new);
    }

    /** How much of each pixel passes, [B, 1, H, W] in (0, 1). */
    Tensor opening(Tensor decoder, Tensor encoder) {
        Tensor sum = torch.relu_(gate.forward(decoder).add(skip.forward(encoder)));
        return torch.sigmoid(psi.forward(sum));
    }

    /** Sees the map of the decoder. */
    public PointwiseBn gate() {
        return gate;
    }

    /** Sees the skip. */
    public PointwiseBn skip() {
        return skip;
    }

    /** Makes one number a pixel of both. */
    public PointwiseBn psi() {
        return psi;
    }
}
