package io.github.transfuse.network;

import java.util.List;

/**
 * The two fully connected layers of a transformer block.
 *
 * @param fc1 to four times the width
 * @param fc2 and back
 */
public record MlpSpec(Part<LinearSpec> fc1, Part<LinearSpec> fc2) implements LayerSpec {

    private static final int RATIO = 4;

    static MlpSpec of(int dim) {
        return new MlpSpec(
                new Part<>("fc1", new LinearSpec(dim, RATIO * dim)),
                new Part<>("fc2", new LinearSpec(RATIO * dim, dim)));
    }

    @Override
    public List<Part<?>> parts() {
        return List.of(fc1, fc2);
    }
}
