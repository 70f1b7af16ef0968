package io.github.transfuse.engine;

/**
 * An opened network. Calls of {@link #predict} from several threads are served one after the other.
 */
public interface Network extends AutoCloseable {

    /** What was opened, and how. */
    NetworkInfo info();

    /**
     * Computes the logits of the prediction head.
     *
     * @param tiles shape N, C, H, W (or N, C, D, H, W), normalised; H and W multiples of 16
     * @return logits, shape N, K, H, W (or N, K, D, H, W)
     * @throws EngineOutOfMemoryException if the batch does not fit into memory
     */
    Batch predict(Batch tiles);

    /** Frees the weights. */
    @Override
    void close();
}
