package io.github.transfuse.torch.nn;

import io.github.transfuse.network.AttentionSpec;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Multi-head self-attention (arXiv:2010.11929). Written as matrix products and a softmax: the bf16 gradient of libtorch's
 * fused operator is ten times slower on a CPU. Inference, which needs no gradient, uses that operator.
 */
public final class SelfAttention extends Layer {

    private final int heads;
    private final Linear qkv;
    private final Linear proj;

    SelfAttention(AttentionSpec spec) {
        heads = spec.heads();
        qkv = child(spec.qkv(), Linear::new);
        proj = child(spec.proj(), Linear::new);
    }

    /** How many heads. */
    public int heads() {
        return heads;
    }

    /** Makes queries, keys and values, in this order, of the tokens. */
    public Linear qkv() {
        return qkv;
    }

    /** Mixes the heads. */
    public Linear proj() {
        return proj;
    }

    /** [B, N, E] to [B, N, E]. */
    Tensor forward(Tensor x) {
        long batch = x.size(0);
        long tokens = x.size(1);
        long dim = x.size(2);
        Tensor split =
                qkv.forward(x).reshape(batch, tokens, 3, heads, dim / heads).permute(2, 0, 3, 1, 4); // 3, B, h, N, d
        Tensor query = split.select(0, 0).mul(new Scalar(Math.pow((double) dim / heads, -0.5)));
        Tensor weights = query.matmul(split.select(0, 1).transpose(-2, -1)).softmax(-1); // B, h, N, N
        Tensor mixed = weights.matmul(split.select(0, 2)); // B, h, N, d
        return proj.forward(mixed.transpose(1, 2).reshape(batch, tokens, dim));
    }
}
