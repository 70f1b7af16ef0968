package io.github.transfuse.torch.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Cuts images into patches.
 *
 * @param side pixels along each axis, (z,) y, x
 */
public record Patches(List<Integer> side) {

    /** Patches along each axis of an image [B, C, (D,) H, W]. */
    public long[] cells(Tensor image) {
        long[] cells = new long[side.size()];
        for (int axis = 0; axis < cells.length; axis++) {
            cells[axis] = image.size(2 + axis) / side.get(axis);
        }
        return cells;
    }

    /** [B, C, (D,) H, W] to [B, N, C * p * p] with N the number of patches, in row-major order. */
    public Tensor cut(Tensor image) {
        int axes = side.size();
        long[] split = new long[2 + 2 * axes]; // B, C, rows, p, columns, p
        long[] order = new long[split.length]; // B, rows, columns, C, p, p
        split[0] = image.size(0);
        split[1] = image.size(1);
        order[1 + axes] = 1;
        long tokens = 1;
        long[] cells = cells(image);
        for (int axis = 0; axis < axes; axis++) {
            split[2 + 2 * axis] = cells[axis];
            split[3 + 2 * axis] = side.get(axis);
            order[1 + axis] = 2 + 2L * axis;
            order[2 + axes + axis] = 3 + 2L * axis;
            tokens *= cells[axis];
        }
        return image.reshape(split).permute(order).reshape(image.size(0), tokens, -1);
    }
}
