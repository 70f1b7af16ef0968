package io.github.transfuse.network;

import java.util.List;

/**
 * Batch normalisation.
 *
 * @param channels of the map
 */
public record NormSpec(int channels) implements LayerSpec {

    /** Factor per channel. */
    public TensorSpec weight() {
        return TensorSpec.inner("weight", Start.ONE, channels);
    }

    /** Offset per channel. */
    public TensorSpec bias() {
        return TensorSpec.inner("bias", Start.ZERO, channels);
    }

    /** Running mean. */
    public TensorSpec mean() {
        return TensorSpec.inner("running_mean", Start.ZERO, channels);
    }

    /** Running variance. */
    public TensorSpec variance() {
        return TensorSpec.inner("running_var", Start.ONE, channels);
    }

    /** How many batches were seen, an integer. */
    public TensorSpec batches() {
        return TensorSpec.inner("num_batches_tracked", Start.ZERO).as(Role.DISPENSABLE);
    }

    @Override
    public List<TensorSpec> tensors() {
        return List.of(weight(), bias(), mean(), variance(), batches());
    }
}
