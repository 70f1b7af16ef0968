package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
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

    AttentionGate(Scales scales, int gateChannels, int skipChannels, int hidden) {
        gate = child("W_g", PointwiseBn.pointwise(scales, gateChannels, hidden));
        skip = child("W_x", PointwiseBn.pointwise(scales, skipChannels, hidden));
        psi = child("psi", PointwiseBn.pointwise(scales, hidden, 1));
    }

    /** How much of each pixel passes, [B, 1, H, W] in (0, 1). */
    Tensor opening(Tensor decoder, Tensor encoder) {
        Tensor sum = torch.relu_(gate.forward(decoder).add(skip.forward(encoder)));
        return torch.sigmoid(psi.forward(sum));
    }
}
