package io.github.transfuse.torch.nn;

import io.github.transfuse.network.MlpSpec;
import io.github.transfuse.network.TransformerBlockSpec;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A pre-norm transformer block with MLP ratio 4 and exact GELU: [B, N, E] to [B, N, E]. */
public final class TransformerBlock extends Layer {

    private final LayerNorm norm1;
    private final SelfAttention attention;
    private final LayerNorm norm2;
    private final Mlp mlp;

    TransformerBlock(TransformerBlockSpec spec) {
        norm1 = child(spec.norm1(), LayerNorm::new);
        attention = child(spec.attention(), SelfAttention::new);
        norm2 = child(spec.norm2(), LayerNorm::new);
        mlp = child(spec.mlp(), Mlp::new);
    }

    Tensor forward(Tensor x) {
        Tensor attended = x.add(attention.forward(norm1.forward(x)));
        return attended.add(mlp.forward(norm2.forward(attended)));
    }

    /** Before the attention. */
    public LayerNorm norm1() {
        return norm1;
    }

    /** Among the tokens. */
    public SelfAttention attention() {
        return attention;
    }

    /** Before the MLP. */
    public LayerNorm norm2() {
        return norm2;
    }

    /** First layer of the MLP; an exact GELU follows. */
    public Linear fc1() {
        return mlp.fc1;
    }

    /** Second layer of the MLP. */
    public Linear fc2() {
        return mlp.fc2;
    }

    private static final class Mlp extends Layer {
        private final Linear fc1;
        private final Linear fc2;

        Mlp(MlpSpec spec) {
            fc1 = child(spec.fc1(), Linear::new);
            fc2 = child(spec.fc2(), Linear::new);
        }

        Tensor forward(Tensor x) {
            return fc2.forward(torch.gelu(fc1.forward(x)));
        }
    }
}
