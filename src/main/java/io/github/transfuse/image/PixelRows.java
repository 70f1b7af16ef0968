package io.github.transfuse.image;

import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Reads an image as rows along its first dimension. Rows are numbered with the second dimension fastest. Numbers of rows
 * are long, so images may exceed 2^31 pixels. An instance belongs to one thread.
 */
final class PixelRows {
    /** Blocks of work of one image: fixed, so that sums do not depend on the number of threads. */
    private static final long BLOCKS = 64;

    private final RandomAccess<? extends RealType<?>> access;
    private final Interval interval;
    private final int length;
    private final long[] position;

    PixelRows(RandomAccessibleInterval<? extends RealType<?>> image) {
        access = image.randomAccess();
        interval = image;
        length = length(image);
        position = new long[image.numDimensions()];
    }

    /** Work on the rows from {@code from} to before {@code to}. */
    @FunctionalInterface
    interface Block {
        void run(int block, long from, long to);
    }

    static int length(Interval interval) {
        return Math.toIntExact(interval.dimension(0));
    }

    static long count(Interval interval) {
        long count = 1;
        for (int d = 1; d < interval.numDimensions(); d++) {
            count *= interval.dimension(d);
        }
        return count;
    }

    /** Number of blocks that {@link #forEachBlock} makes. */
    static int blocks(Interval interval) {
        return (int) Math.min(BLOCKS, count(interval));
    }

    /** Runs blocks of neighbouring rows on the threads that ImgLib2 is told to use. */
    static void forEachBlock(Interval interval, Block work) {
        long rows = count(interval);
        int blocks = blocks(interval);
        SharedBlocks.run(blocks, block -> work.run(block, rows * block / blocks, rows * (block + 1) / blocks));
    }

    /** Reads one row. */
    void read(long row, float[] target) {
        seek(row);
        for (int x = 0; x < length; x++) {
            target[x] = access.get().getRealFloat();
            access.fwd(0);
        }
    }

    /** Writes one row; only for images whose pixels can be set. */
    void write(long row, float[] source) {
        seek(row);
        for (int x = 0; x < length; x++) {
            access.get().setReal(source[x]);
            access.fwd(0);
        }
    }

    /** Position of the first pixel of a row, counted from 0 in each dimension. */
    static long[] position(Interval interval, long row) {
        long[] position = new long[interval.numDimensions()];
        long rest = row;
        for (int d = 1; d < position.length; d++) {
            position[d] = rest % interval.dimension(d);
            rest /= interval.dimension(d);
        }
        return position;
    }

    private void seek(long row) {
        long rest = row;
        position[0] = interval.min(0);
        for (int d = 1; d < position.length; d++) {
            position[d] = interval.min(d) + rest % interval.dimension(d);
            rest /= interval.dimension(d);
        }
        access.setPosition(position);
    }
}
