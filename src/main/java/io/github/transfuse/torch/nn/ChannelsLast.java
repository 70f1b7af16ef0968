package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** The memory layout that convolutions are fastest in: all channels of a pixel side by side. */
public final class ChannelsLast {

    private ChannelsLast() {}

    /** A map [B, C, (D,) H, W] or kernels [out, in, (k,) k, k] in this layout; other tensors as they are. */
    public static Tensor of(Tensor tensor) {
        return switch ((int) tensor.dim()) {
            case 4 -> tensor.contiguous(MemoryFormat.ChannelsLast);
            case 5 -> tensor.contiguous(MemoryFormat.ChannelsLast3d);
            default -> tensor;
        };
    }
}
