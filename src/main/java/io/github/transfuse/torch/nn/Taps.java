package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;

/** Watches tensors inside a network by name; names are those of the golden fixtures ({@code t0}, {@code f1}, ...). */
@FunctionalInterface
public interface Taps {

    /** Watches nothing. */
    Taps NONE = (name, tensor) -> tensor;

    /** Looks at the tensor and returns it. */
    Tensor see(String name, Tensor tensor);
}
