package io.github.transfuse.torch.nn;

import io.github.transfuse.model.Scales;
import org.bytedeco.pytorch.Tensor;

/** One decoder step without a skip: x2 bilinear upsampling (corners aligned), then {@link DoubleConv}. */
public final class UpBlock extends Layer {

    private final DoubleConv conv;

    UpBlock(Scales scales, int in, int out) {
        conv = child("conv", new DoubleConv(scales, in, out));
    }

    /** [B, in, H, W] to [B, out, 2H, 2W]. */
    Tensor forward(Tensor x) {
        return conv.forward(Tensors.doubled(x));
    }
}
