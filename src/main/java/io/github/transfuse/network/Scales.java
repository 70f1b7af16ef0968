package io.github.transfuse.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How finely a network divides its input along each axis, in the order (z,) y, x. Both branches end at one cell per patch;
 * the finest maps of CNN and decoder, which the heads see, have four cells per patch along every axis. Volumes choose
 * their own numbers, since slices may be few and far apart.
 *
 * @param patch pixels of a token and of a cell of the deepest CNN map: 4, 8 or 16
 * @param stem stride of the first convolution: 1 or 2; what is left of patch / 4 is pooled, so patch / 4 / stem is 1 or 2
 */
public record Scales(List<Integer> patch, List<Integer> stem) {

    /** Those of all networks for planes: patches of 16 pixels, heads at a quarter of the resolution. */
    public static final Scales PLANE = new Scales(List.of(16, 16), List.of(2, 2));

    private static final int CELLS_PER_PATCH = 4;

    /** Copies the lists and checks the numbers. */
    public Scales {
        patch = List.copyOf(patch);
        stem = List.copyOf(stem);
        boolean fits = patch.size() == stem.size() && (patch.size() == 2 || patch.size() == 3);
        for (int axis = 0; fits && axis < patch.size(); axis++) {
            int pooled = patch.get(axis) / CELLS_PER_PATCH / Math.max(1, stem.get(axis));
            boolean whole = pooled * stem.get(axis) * CELLS_PER_PATCH == patch.get(axis);
            fits = whole && isOneOrTwo(stem.get(axis)) && isOneOrTwo(pooled);
        }
        if (!fits) {
            throw new IllegalArgumentException("A network needs patches of 4, 8 or 16 pixels along 2 or 3 axes and, for"
                    + " each, a stem_stride of 1 or 2 with patch_size / 4 / stem_stride 1 or 2, not patch_size " + patch
                    + " and stem_stride " + stem + ".");
        }
    }

    private static boolean isOneOrTwo(int number) {
        return number == 1 || number == 2;
    }

    /** Number of spatial axes: 2 for planes, 3 for volumes. */
    public int axes() {
        return patch.size();
    }

    /** Pixels of a cell of the finest maps along each axis. */
    public List<Integer> head() {
        return patch.stream().map(length -> length / CELLS_PER_PATCH).toList();
    }

    /** Stride of the pooling behind the stem along each axis; 1: not pooled. */
    public List<Integer> pool() {
        return IntStream.range(0, axes())
                .map(axis -> head().get(axis) / stem.get(axis))
                .boxed()
                .toList();
    }

    /** Extent of a kernel along each axis: in volumes, kernels wider than 3 are 3 slices deep. */
    public List<Integer> kernel(int side) {
        return axes() == 2 ? List.of(side, side) : List.of(Math.min(3, side), side, side);
    }

    /** Tokens along each axis for an input, in the order of the axes. */
    public List<Integer> grid(List<Integer> size) {
        return IntStream.range(0, axes())
                .map(axis -> size.get(axis) / patch.get(axis))
                .boxed()
                .toList();
    }

    /** Whether an input can be divided into whole patches. */
    public boolean divide(List<Integer> size) {
        boolean fits = size.size() == axes();
        for (int axis = 0; fits && axis < size.size(); axis++) {
            fits = size.get(axis) >= patch.get(axis) && size.get(axis) % patch.get(axis) == 0;
        }
        return fits;
    }
}
