package io.github.transfuse.network;

import java.util.List;

/**
 * The patch embedding.
 *
 * @param proj a convolution whose step is its window
 */
public record PatchSpec(Part<ConvSpec> proj) implements LayerSpec {

    static PatchSpec of(List<Integer> patch, int channels, int dim) {
        return new PatchSpec(new Part<>(
                "proj", ConvSpec.uniform(Kernel.patches(patch), channels, dim).ofImage()));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(proj);
    }
}
