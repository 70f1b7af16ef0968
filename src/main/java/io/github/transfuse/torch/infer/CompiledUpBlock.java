package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import io.github.transfuse.torch.nn.DoubleConv;
import io.github.transfuse.torch.nn.GatedUpBlock;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A decoder step, with or without a gated skip. */
final class CompiledUpBlock {

    private final Unary first;
    private final Binary second;
    private final Unary identity;

    CompiledUpBlock(Builder builder, DoubleConv conv) {
        first = builder.conv(conv.first(), Activation.RELU);
        second = builder.kernels().conv(conv.second(), Join.ADD, Activation.RELU);
        identity = builder.conv(conv.identity(), Activation.NONE);
    }

    /** [B, in, H, W] to [B, out, 2H, 2W]. */
    Tensor apply(Tensor x) {
        return convolve(doubled(x));
    }

    private Tensor convolve(Tensor x) {
        return second.apply(first.apply(x), identity.apply(x));
    }

    private static Tensor doubled(Tensor x) {
        return torch.upsample_bilinear2d(x, new long[] {2 * x.size(2), 2 * x.size(3)}, true);
    }

    /** A step with a gated skip. */
    static final class Gated {
        private final CompiledUpBlock conv;
        private final Unary gate;
        private final Binary skip;
        private final Unary psi;

        Gated(Builder builder, GatedUpBlock block) {
            conv = new CompiledUpBlock(builder, block.conv());
            gate = builder.conv(block.gate().gate(), Activation.NONE);
            skip = builder.kernels().conv(block.gate().skip().folded(), Join.ADD, Activation.RELU);
            psi = builder.conv(block.gate().psi(), Activation.SIGMOID);
        }

        /** [B, in, H, W] and the skip [B, skip, 2H, 2W] to [B, out, 2H, 2W]. */
        Tensor apply(Tensor x, Tensor encoder) {
            Tensor up = doubled(x);
            Tensor opening = psi.apply(skip.apply(encoder, gate.apply(up)));
            return conv.convolve(torch.cat(new TensorVector(encoder.mul(opening), up), 1));
        }
    }
}
