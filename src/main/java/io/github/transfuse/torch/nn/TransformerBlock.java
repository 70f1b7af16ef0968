package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A pre-norm transformer block with MLP ratio 4 and exact GELU: [B, N, E] to [B, N, E]. */
public final class TransformerBlock extends Layer {

    private static final int MLP_RATIO = 4;

    private final LayerNorm norm1;
    private final SelfAttention attention;
    private final LayerNorm norm2;
    private final Mlp mlp;

    TransformerBlock(int dim, int heads) {
        norm1 = child("norm1", new LayerNorm(dim));
        attention = child("attn", new SelfAttention(dim, heads));
        norm2 = child("norm2", new LayerNorm(dim));
        mlp = child("mlp", new Mlp(dim));
    }

    Tensor forward(Tensor x) {
        Tensor attended = x.add(attention.forward(norm1.forward(x)));
        return attended.add(mlp.forward(norm2.forward(attended)));
    }

    private static final class Mlp extends Layer {
        private final Linear fc1;
        private final Linear fc2;

        Mlp(int dim) {
            fc1 = child("fc1", new Linear(dim, MLP_RATIO * dim));
            fc2 = child("fc2", new Linear(MLP_RATIO * dim, dim));
        }

        Tensor forward(Tensor x) {
            return fc2.forward(torch.gelu(fc1.forward(x)));
        }
    }
}
