package io.github.transfuse.torch.nn;

import io.github.transfuse.network.Kernel;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The largest of each window.
 *
 * @param kernel window and step; nothing is pooled where the window is one pixel
 */
public record Pooling(Kernel kernel) {

    /** [B, C, (D,) H, W] to maps smaller by the step. */
    public Tensor apply(Tensor map) {
        long[] extent = kernel.extent();
        if (Arrays.stream(extent).max().orElseThrow() == 1) {
            return map;
        }
        long[] stride = kernel.strides();
        return extent.length == 2
                ? torch.max_pool2d(map, extent, stride, kernel.padding(), kernel.dilation(), false)
                : torch.max_pool3d(map, extent, stride, kernel.padding(), kernel.dilation(), false);
    }
}
