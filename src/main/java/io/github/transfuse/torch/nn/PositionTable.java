package io.github.transfuse.torch.nn;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Resampling of position embeddings between token grids: bilinear or trilinear, corners aligned. */
public final class PositionTable {

    private PositionTable() {}

    /**
     * The table for another token grid; the table itself if the grid is the same.
     *
     * @param table [1, N, E], row-major
     * @param from tokens along each axis of the table's grid, (depth,) rows, columns; their product is N
     * @param to wanted, as many axes
     * @return [1, product of to, E]
     */
    public static Tensor resize(Tensor table, long[] from, long[] to) {
        if (Arrays.equals(from, to)) {
            return table;
        }
        long[] shape = new long[2 + from.length];
        shape[0] = 1;
        shape[1] = table.size(2);
        System.arraycopy(from, 0, shape, 2, from.length);
        Tensor grid = table.transpose(1, 2).reshape(shape);
        return Tensors.resize(grid, to, true).flatten(2, -1).transpose(1, 2);
    }
}
