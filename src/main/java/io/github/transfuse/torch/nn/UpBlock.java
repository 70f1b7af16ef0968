package io.github.transfuse.torch.nn;

import io.github.transfuse.network.UpBlockSpec;
import org.bytedeco.pytorch.Tensor;

/** One decoder step without a skip: x2 bilinear upsampling (corners aligned), then {@link DoubleConv}. */
public final class UpBlock extends Layer {

    private final DoubleConv conv;

    UpBlock(UpBlockSpec spec) {
        conv = child(spec.conv(), DoubleConv::new);
    }

    /** The convolutions behind the upsampling. */
    public DoubleConv conv() {
        return conv;
    }

    /** [B, in, H, W] to [B, out, 2H, 2W]. */
    Tensor forward(Tensor x) {
        return conv.forward(Tensors.doubled(x));
    }
}
