package io.github.transfuse.network;

import java.util.List;

/**
 * The transformer branch: DeiT or ViT. Its class token stays in the state dictionary but is never used.
 *
 * @param grid tokens along each axis for which the position table is stored
 * @param dim embedding dimension
 * @param patches the patch embedding
 * @param blocks in their order
 * @param norm behind the last one
 */
public record TransformerSpec(
        List<Integer> grid,
        int dim,
        Part<PatchSpec> patches,
        Part<Numbered<TransformerBlockSpec>> blocks,
        Part<LayerNormSpec> norm)
        implements LayerSpec {

    static TransformerSpec of(Scales scales, Variant.Transformer transformer, int channels) {
        int dim = transformer.dim();
        return new TransformerSpec(
                transformer.grid(),
                dim,
                new Part<>("patch_embed", PatchSpec.of(scales.patch(), channels, dim)),
                new Part<>(
                        "blocks",
                        Numbered.times(transformer.blocks(), () -> TransformerBlockSpec.of(dim, transformer.heads()))),
                new Part<>("norm", new LayerNormSpec(dim)));
    }

    /** The class token, [1, 1, E]. */
    public TensorSpec classToken() {
        return TensorSpec.inner("cls_token", Start.TRANSFORMER, 1, 1, dim).as(Role.DISPENSABLE);
    }

    /** The table of positions, [1, tokens, E], row-major. */
    public TensorSpec positions() {
        long tokens = grid.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        return TensorSpec.inner("pos_embed", Start.ZERO, 1, tokens, dim).as(Role.POSITIONS);
    }

    @Override
    public List<TensorSpec> tensors() {
        return List.of(classToken(), positions());
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(patches, blocks, norm);
    }
}
