package io.github.transfuse.network;

import java.util.List;

/**
 * Multi-head self-attention.
 *
 * @param heads how many
 * @param qkv makes queries, keys and values of the tokens
 * @param proj mixes the heads
 */
public record AttentionSpec(int heads, Part<LinearSpec> qkv, Part<LinearSpec> proj) implements LayerSpec {

    static AttentionSpec of(int dim, int heads) {
        return new AttentionSpec(
                heads, new Part<>("qkv", new LinearSpec(dim, 3 * dim)), new Part<>("proj", new LinearSpec(dim, dim)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(qkv, proj);
    }
}
