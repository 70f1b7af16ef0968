package io.github.transfuse.torch.nn;

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

    /** Bilinear resampling of [B, C, h, w] to [B, C, height, width]. */
    static Tensor resize(Tensor map, long height, long width, boolean alignCorners) {
        return torch.upsample_bilinear2d(map, new long[] {height, width}, alignCorners);
    }

    /** Bilinear upsampling by a whole factor. */
    static Tensor upsample(Tensor map, int factor, boolean alignCorners) {
        return resize(map, map.size(2) * factor, map.size(3) * factor, alignCorners);
    }
}
