package io.github.transfuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.nio.ByteBufferAccess;
import net.imglib2.img.basictypeaccess.nio.FloatBufferAccess;
import net.imglib2.img.basictypeaccess.nio.IntBufferAccess;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/**
 * Makes images for results: in memory while there is plenty, else in a temporary file that is mapped into memory, which
 * is told. Images may have more than 2^31 pixels.
 *
 * @param heapBytes largest image that is kept on the heap
 * @param notes told when a file is used instead
 */
record ResultStore(long heapBytes, Consumer<String> notes) {
    /** Pixels of one mapped block at most. */
    private static final long BLOCK = 1 << 24;

    private static final String WAY_OUT = "Make room there, name another folder with -Djava.io.tmpdir=FOLDER, or give"
            + " Java more memory with -Xmx.";

    /** Keeps an image on the heap if it needs less than half of what is free there. */
    static ResultStore now(Consumer<String> notes) {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return new ResultStore(free / 2, notes);
    }

    RandomAccessibleInterval<UnsignedByteType> bytes(long... size) throws IOException {
        return onHeap(size, Byte.BYTES)
                ? create(new UnsignedByteType(), size)
                : mapped(new UnsignedByteType(), Byte.BYTES, b -> new ByteBufferAccess(b, true), size);
    }

    RandomAccessibleInterval<IntType> ints(long... size) throws IOException {
        return onHeap(size, Integer.BYTES)
                ? create(new IntType(), size)
                : mapped(new IntType(), Integer.BYTES, b -> new IntBufferAccess(b.asIntBuffer(), true), size);
    }

    RandomAccessibleInterval<FloatType> floats(long... size) throws IOException {
        return onHeap(size, Float.BYTES)
                ? create(new FloatType(), size)
                : mapped(new FloatType(), Float.BYTES, b -> new FloatBufferAccess(b.asFloatBuffer(), true), size);
    }

    private boolean onHeap(long[] size, int bytes) {
        return (double) Intervals.numElements(size) * bytes <= heapBytes;
    }

    private static <T extends NativeType<T>> RandomAccessibleInterval<T> create(T type, long... size) {
        if (Intervals.numElements(size) <= Integer.MAX_VALUE - 8) {
            return new ArrayImgFactory<>(type).create(size);
        }
        return new CellImgFactory<>(type, blockOf(size)).create(size);
    }

    /** Blocks of whole rows, so that results, which come row by row, stay within a block. */
    private static int[] blockOf(long... size) {
        int[] block = new int[size.length];
        Arrays.fill(block, 1);
        block[0] = Math.toIntExact(size[0]);
        block[1] = (int) Math.min(size[1], Math.max(1, BLOCK / size[0]));
        return block;
    }

    private <T extends NativeType<T>, A extends DataAccess> RandomAccessibleInterval<T> mapped(
            T type, int bytes, Function<ByteBuffer, A> access, long... size) throws IOException {
        CellGrid grid = new CellGrid(size, blockOf(size));
        List<Cell<A>> cells = new ArrayList<>();
        Path file = Files.createTempFile("transfuse-", ".tmp");
        notes.accept("The result is kept in the temporary file " + file + ", because the memory is too small for it.");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long offset = 0;
            for (long index = 0; index < Intervals.numElements(grid.getGridDimensions()); index++) {
                long[] min = new long[size.length];
                int[] extent = new int[size.length];
                grid.getCellDimensions(index, min, extent);
                long length = bytes * Arrays.stream(extent).asLongStream().reduce(1, (a, b) -> a * b);
                ByteBuffer block = channel.map(FileChannel.MapMode.READ_WRITE, offset, length);
                cells.add(new Cell<>(extent, min, access.apply(block.order(ByteOrder.nativeOrder()))));
                offset += length;
            }
        } catch (IOException e) {
            throw new IOException(
                    "The result fits neither into memory nor into " + file.getParent() + " (" + e + "). " + WAY_OUT, e);
        } finally {
            forget(file);
        }
        return new LazyCellImg<>(grid, type, index -> cells.get((int) index));
    }

    /** Unix forgets the name at once and keeps the mapped pages; Windows refuses, and deletes at the end. */
    private static void forget(Path file) {
        if (!file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
