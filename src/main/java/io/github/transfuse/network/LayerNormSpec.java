package io.github.transfuse.network;

import java.util.List;

/**
 * Layer normalisation over the last axis.
 *
 * @param dim length of that axis
 */
public record LayerNormSpec(int dim) implements LayerSpec {

    /** Factor per element. */
    public TensorSpec weight() {
        return TensorSpec.inner("weight", Start.ONE, dim);
    }

    /** Offset per element. */
    public TensorSpec bias() {
        return TensorSpec.inner("bias", Start.ZERO, dim);
    }

    @Override
    public List<TensorSpec> tensors() {
        return List.of(weight(), bias());
    }
}
