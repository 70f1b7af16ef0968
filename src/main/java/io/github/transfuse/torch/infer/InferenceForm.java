package io.github.transfuse.torch.infer;

import org.bytedeco.pytorch.Tensor;

/** A network made ready to predict. Not thread-safe; the caller opens a pointer scope and switches gradients off. */
public interface InferenceForm extends AutoCloseable {

    /**
     * Computes the prediction.
     *
     * @param images [B, C, H, W] float32, normalised, on the processor; H and W multiples of 16
     * @return logits [B, K, H, W] float32, row-major, on the processor
     */
    Tensor predict(Tensor images);

    /** Frees the weights. */
    @Override
    void close();
}
