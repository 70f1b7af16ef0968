package io.github.transfuse.torch.nn;

import io.github.transfuse.network.PatchSpec;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Patches to tokens: [B, C, (D,) H, W] to [B, N, E] with N the number of patches, in row-major order. A convolution whose
 * stride is its kernel is a matrix product over patches; as that it is several times faster on a CPU.
 */
public final class PatchEmbedding extends Layer {

    private final Patches patches;
    private final Conv proj;

    PatchEmbedding(PatchSpec spec) {
        proj = child(spec.proj(), Conv::new);
        patches = new Patches(spec.proj().layer().kernel().size());
    }

    Tensor forward(Tensor image) {
        return torch.linear(
                patches.cut(image), matrix(), Tensors.optional(proj.bias().orElseThrow()));
    }

    private Tensor matrix() {
        return proj.weight().flatten(1, -1); // E, C * p * p
    }

    /** How images are cut. */
    public Patches patches() {
        return patches;
    }

    /** The embedding as a matrix over the numbers of a patch, [E, C * p * p], and offsets. */
    public Folded folded() {
        Folded kernels = proj.folded();
        return new Folded(kernels.weight().flatten(1, -1), kernels.bias());
    }

    /** The kernels and offsets, as the convolution they are stored as. */
    public Conv projection() {
        return proj;
    }
}
