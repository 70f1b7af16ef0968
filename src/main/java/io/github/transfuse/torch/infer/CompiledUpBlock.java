package io.github.transfuse.torch.infer;

import io.github.transfuse.torch.infer.Kernels.Binary;
import io.github.transfuse.torch.infer.Kernels.Join;
import io.github.transfuse.torch.infer.Kernels.Unary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A decoder step, with or without a gated skip. */
final class CompiledUpBlock {

    private final Unary first;
    private final Binary second;
    private final Unary identity;

    /** A step whose names in the state dictionary start with the prefix. */
    CompiledUpBlock(Builder builder, String prefix) {
        String conv = prefix + ".conv.double_conv.";
        first = builder.conv(conv + "0", conv + "1", Activation.RELU);
        second = builder.join(conv + "3", conv + "4", Join.ADD, Activation.RELU);
        String shortcut = prefix + ".conv.identity.";
        identity = builder.conv(shortcut + "0", shortcut + "1", Activation.NONE);
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

        Gated(Builder builder, String prefix) {
            conv = new CompiledUpBlock(builder, prefix);
            String block = prefix + ".attn_block.";
            gate = builder.conv(block + "W_g.0", block + "W_g.1", Activation.NONE);
            skip = builder.join(block + "W_x.0", block + "W_x.1", Join.ADD, Activation.RELU);
            psi = builder.conv(block + "psi.0", block + "psi.1", Activation.SIGMOID);
        }

        /** [B, in, H, W] and the skip [B, skip, 2H, 2W] to [B, out, 2H, 2W]. */
        Tensor apply(Tensor x, Tensor encoder) {
            Tensor up = doubled(x);
            Tensor opening = psi.apply(skip.apply(encoder, gate.apply(up)));
            return conv.convolve(torch.cat(new TensorVector(encoder.mul(opening), up), 1));
        }
    }
}
