package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Patches to tokens: [B, C, H, W] to [B, N, E] with N = H/16 * W/16 in row-major order. A convolution whose stride is
 * its kernel is a matrix product over patches; as that it is several times faster on a CPU.
 */
public final class PatchEmbedding extends Layer {

    private final int patch;
    private final Conv2d proj;

    PatchEmbedding(int channels, int dim, int patch) {
        this.patch = patch;
        proj = child("proj", new Conv2d(channels, dim, patch, patch, true));
    }

    Tensor forward(Tensor image) {
        long channels = image.size(1);
        long rows = image.size(2) / patch;
        long columns = image.size(3) / patch;
        Tensor patches = image.reshape(image.size(0), channels, rows, patch, columns, patch)
                .permute(0, 2, 4, 1, 3, 5) // B, rows, columns, C, p, p
                .reshape(image.size(0), rows * columns, channels * patch * patch);
        Tensor matrix = proj.weight().flatten(1, -1); // E, C * p * p
        return torch.linear(patches, matrix, Tensors.optional(proj.bias().orElseThrow()));
    }

    /** The kernels and offsets, as the convolution they are stored as. */
    public Conv2d projection() {
        return proj;
    }
}
