package io.github.transfuse.network;

import java.util.List;

/**
 * A fully connected layer with offsets.
 *
 * @param in length of the last axis before
 * @param out and behind
 */
public record LinearSpec(int in, int out) implements LayerSpec {

    /** The matrix, [out, in]. */
    public TensorSpec weight() {
        return TensorSpec.inner("weight", Start.TRANSFORMER, out, in);
    }

    /** The offsets, [out]. */
    public TensorSpec bias() {
        return TensorSpec.inner("bias", Start.ZERO, out);
    }

    @Override
    public List<TensorSpec> tensors() {
        return List.of(weight(), bias());
    }
}
