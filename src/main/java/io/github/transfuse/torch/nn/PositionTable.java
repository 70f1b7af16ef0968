package io.github.transfuse.torch.nn;

import org.bytedeco.pytorch.Tensor;

/** Resampling of position embeddings between token grids: bilinear, corners aligned. */
public final class PositionTable {

    private PositionTable() {}

    /**
     * The table for another token grid; the table itself if the grid is the same.
     *
     * @param table [1, fromRows * fromColumns, E], row-major
     * @param fromRows rows of the table's grid
     * @param fromColumns columns of the table's grid
     * @param rows wanted
     * @param columns wanted
     * @return [1, rows * columns, E]
     */
    public static Tensor resize(Tensor table, long fromRows, long fromColumns, long rows, long columns) {
        if (fromRows == rows && fromColumns == columns) {
            return table;
        }
        long dim = table.size(2);
        Tensor grid = table.transpose(1, 2).reshape(1, dim, fromRows, fromColumns);
        return Tensors.resize(grid, rows, columns, true).flatten(2, 3).transpose(1, 2);
    }
}
