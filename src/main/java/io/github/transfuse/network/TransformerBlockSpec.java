package io.github.transfuse.network;

import java.util.List;

/**
 * A pre-norm transformer block.
 *
 * @param norm1 before the attention
 * @param attention among the tokens
 * @param norm2 before the MLP
 * @param mlp within each token
 */
public record TransformerBlockSpec(
        Part<LayerNormSpec> norm1, Part<AttentionSpec> attention, Part<LayerNormSpec> norm2, Part<MlpSpec> mlp)
        implements LayerSpec {

    static TransformerBlockSpec of(int dim, int heads) {
        return new TransformerBlockSpec(
                new Part<>("norm1", new LayerNormSpec(dim)),
                new Part<>("attn", AttentionSpec.of(dim, heads)),
                new Part<>("norm2", new LayerNormSpec(dim)),
                new Part<>("mlp", MlpSpec.of(dim)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(norm1, attention, norm2, mlp);
    }
}
