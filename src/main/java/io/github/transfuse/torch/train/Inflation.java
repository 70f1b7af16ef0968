package io.github.transfuse.torch.train;

import io.github.transfuse.torch.nn.PositionTable;
import io.github.transfuse.torch.nn.ShapeText;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Weights of a network for planes as weights of one for volumes.
 *
 * <p>Convolutions are inflated into the centre: only their middle slice has the stored numbers, the rest is zero, so that
 * a network inflated whole sees every slice as the one for planes does, and learns from there what neighbouring slices
 * add. Patch embeddings are resampled in the plane to the patch of the volumes and divided evenly over its depth, so that
 * a volume of equal slices gives the tokens of the slice, enlarged to the patch of the plane. Position tables repeat their
 * plane along z.
 */
final class Inflation {

    private Inflation() {}

    /**
     * Kernels in the middle of a volume of zeros.
     *
     * @param kernels [out, in, k, k]
     * @param depth of the wanted kernels, odd
     * @return [out, in, depth, k, k]
     */
    static Tensor centre(Tensor kernels, long depth) {
        long[] shape = {kernels.size(0), kernels.size(1), depth, kernels.size(2), kernels.size(3)};
        Tensor inflated = torch.zeros(shape);
        inflated.select(2, depth / 2).copy_(kernels);
        return inflated;
    }

    /**
     * Kernels that see a whole patch each, for patches of another size.
     *
     * @param kernels [E, C, p, p]
     * @param patch wanted depth, rows and columns
     * @return [E, C, depth, rows, columns], whose sums are those of the kernels
     */
    static Tensor patches(Tensor kernels, long... patch) {
        double shrunk = (double) kernels.size(2) * kernels.size(3) / (patch[1] * patch[2]);
        Tensor plane = torch.upsample_bilinear2d(kernels, new long[] {patch[1], patch[2]}, false)
                .mul(new Scalar(shrunk / patch[0]));
        long[] wanted = {kernels.size(0), kernels.size(1), patch[0], patch[1], patch[2]};
        return plane.unsqueeze(2).expand(wanted);
    }

    /**
     * A position table for a grid of as many or one more axis.
     *
     * @param table [1, product of from, E]
     * @param from tokens along each axis of the table
     * @param to wanted; with three axes, a table of two is repeated along the first
     */
    static Tensor positions(Tensor table, int[] from, int... to) {
        long[] source = new long[to.length];
        long[] target = new long[to.length];
        for (int axis = 0; axis < to.length; axis++) {
            int known = axis - to.length + from.length;
            source[axis] = known < 0 ? 1 : from[known];
            target[axis] = to[axis];
        }
        return PositionTable.resize(table, source, target);
    }

    /** Whether kernels for planes can become these for volumes. */
    static boolean fits(long[] stored, Tensor into) {
        return stored.length == 4 && into.dim() == 5 && stored[0] == into.size(0);
    }

    /** Kernels [out, in, k, k] with the channels of {@code into} in its shape. */
    static Tensor like(Tensor kernels, Tensor into, boolean patch) {
        long[] wanted = ShapeText.of(into);
        return patch ? patches(kernels, wanted[2], wanted[3], wanted[4]) : centre(kernels, wanted[2]);
    }
}
