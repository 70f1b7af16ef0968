package io.github.transfuse.torch.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Patches to tokens: [B, C, (D,) H, W] to [B, N, E] with N the number of patches, in row-major order. A convolution whose
 * stride is its kernel is a matrix product over patches; as that it is several times faster on a CPU.
 */
public final class PatchEmbedding extends Layer {

    private final List<Integer> patch;
    private final Conv proj;

    PatchEmbedding(int channels, int dim, List<Integer> patch) {
        this.patch = patch;
        proj = child("proj", new Conv(new Kernel(patch, patch), channels, dim, true));
    }

    Tensor forward(Tensor image) {
        int axes = patch.size();
        long[] split = new long[2 + 2 * axes]; // B, C, rows, p, columns, p
        long[] order = new long[split.length]; // B, rows, columns, C, p, p
        split[0] = image.size(0);
        split[1] = image.size(1);
        order[1 + axes] = 1;
        long tokens = 1;
        for (int axis = 0; axis < axes; axis++) {
            long cells = image.size(2 + axis) / patch.get(axis);
            split[2 + 2 * axis] = cells;
            split[3 + 2 * axis] = patch.get(axis);
            order[1 + axis] = 2 + 2L * axis;
            order[2 + axes + axis] = 3 + 2L * axis;
            tokens *= cells;
        }
        Tensor patches = image.reshape(split).permute(order).reshape(image.size(0), tokens, -1);
        Tensor matrix = proj.weight().flatten(1, -1); // E, C * p * p
        return torch.linear(patches, matrix, Tensors.optional(proj.bias().orElseThrow()));
    }

    /** The kernels and offsets, as the convolution they are stored as. */
    public Conv projection() {
        return proj;
    }
}
