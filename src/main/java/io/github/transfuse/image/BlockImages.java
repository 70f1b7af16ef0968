package io.github.transfuse.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.imglib2.img.Img;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.util.Intervals;

/** Images whose pixels lie in byte buffers, such as parts of mapped files; they may have more than 2^31 pixels. */
public final class BlockImages {
    /** Pixels of one block at most, where a row has not more. */
    private static final long BLOCK = 1 << 24;

    private BlockImages() {}

    /** Gives the bytes of an image, from the first pixel to the last. */
    @FunctionalInterface
    public interface Blocks {
        /**
         * The next bytes, in the byte order of the pixels.
         *
         * @throws IOException if they cannot be had
         */
        ByteBuffer next(long bytes) throws IOException;
    }

    /**
     * An image over buffers.
     *
     * @param type of the pixels; of whole bytes
     * @param access makes the buffer of bytes one of pixels
     * @param blocks asked for all bytes, in order
     * @throws IOException if the blocks throw it
     */
    public static <T extends NativeType<T>, A extends DataAccess> Img<T> of(
            T type, Function<ByteBuffer, A> access, Blocks blocks, long... size) throws IOException {
        int bytes = type.getNativeTypeFactory().getPrimitiveType().getByteCount();
        CellGrid grid = new CellGrid(size, blockOf(size));
        List<Cell<A>> cells = new ArrayList<>();
        long count = Intervals.numElements(grid.getGridDimensions());
        for (long index = 0; index < count; index++) {
            long[] min = new long[size.length];
            int[] extent = new int[size.length];
            grid.getCellDimensions(index, min, extent);
            long length = bytes * Arrays.stream(extent).asLongStream().reduce(1, (a, b) -> a * b);
            cells.add(new Cell<>(extent, min, access.apply(blocks.next(length))));
        }
        return new LazyCellImg<>(grid, type, index -> cells.get((int) index));
    }

    /** Blocks that lie in one piece in raster order: all of the first axes, and a part of one. */
    public static int[] blockOf(long... size) {
        int[] block = new int[size.length];
        Arrays.fill(block, 1);
        long pixels = 1;
        for (int d = 0; d < size.length; d++) {
            long length = d == 0 ? size[0] : Math.min(size[d], Math.max(1, BLOCK / pixels));
            block[d] = Math.toIntExact(length);
            pixels *= length;
            if (length < size[d]) {
                break;
            }
        }
        return block;
    }
}
