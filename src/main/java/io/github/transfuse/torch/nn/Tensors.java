package io.github.transfuse.torch.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Calls of libtorch that several layers need, in the words of this package. */
final class Tensors {

    private Tensors() {}

    /** A tensor or nothing, as libtorch takes it. */
    static TensorOptional optional(Tensor tensor) {
        return new TensorOptional(tensor);
    }

    /** The channels of all maps, in this order; [B, C1, H, W], [B, C2, H, W] to [B, C1 + C2, H, W]. */
    static Tensor concatenate(Tensor... maps) {
        return torch.cat(new TensorVector(maps), 1);
    }

    /** Bilinear resampling of [B, C, h, w] to [B, C, size], trilinear of [B, C, d, h, w]. */
    static Tensor resize(Tensor map, long[] size, boolean alignCorners) {
        return size.length == 2
                ? torch.upsample_bilinear2d(map, size, alignCorners)
                : torch.upsample_trilinear3d(map, size, alignCorners);
    }

    /** Bilinear or trilinear upsampling by whole factors, one an axis. */
    static Tensor upsample(Tensor map, List<Integer> factors, boolean alignCorners) {
        long[] size = new long[factors.size()];
        Arrays.setAll(size, axis -> map.size(2 + axis) * factors.get(axis));
        return resize(map, size, alignCorners);
    }

    /** Upsampling by two along all axes, corners aligned. */
    static Tensor doubled(Tensor map) {
        return upsample(map, Collections.nCopies((int) map.dim() - 2, 2), true);
    }
}
