package io.github.transfuse.spark;

import io.github.transfuse.segmentation.PlaneBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the planes, or volumes, of an image into blocks of about the same size, and puts blocks together where planes are
 * small. Results do not depend on it.
 *
 * @param pixels of a task, at most, where a block need not be smaller than a tile for it
 * @param tile sides that a block shall not be smaller than; x, y(, z)
 */
record BlockCuts(long pixels, int[] tile) {
    /** Pixels of a task, at most: what is found in them fits an executor's memory. */
    static final long MAX_PIXELS = 2048L * 2048;

    /** Pixels of a task, at least: each task opens the image. */
    static final long MIN_PIXELS = 512L * 512;

    /** Tasks for each place, so that the last to end is not waited for long. */
    private static final int ROUNDS = 4;

    /**
     * For so many places.
     *
     * @param pixels of the image, without its channels
     * @param slots tasks that run at once
     */
    static BlockCuts of(long pixels, int slots, int[] tile) {
        return new BlockCuts(Math.max(MIN_PIXELS, Math.min(MAX_PIXELS, pixels / (slots * (long) ROUNDS))), tile);
    }

    /** The blocks of tasks: they cover all planes, and do not overlap. */
    List<List<PlaneBlock>> tasks(long planes, long... size) {
        List<List<PlaneBlock>> tasks = new ArrayList<>();
        List<PlaneBlock> task = new ArrayList<>();
        long sum = 0;
        for (long plane = 0; plane < planes; plane++) {
            for (PlaneBlock block : blocks(plane, size)) {
                if (!task.isEmpty() && sum + block.pixels() > pixels) {
                    tasks.add(List.copyOf(task));
                    task.clear();
                    sum = 0;
                }
                task.add(block);
                sum += block.pixels();
            }
        }
        tasks.add(List.copyOf(task));
        return tasks;
    }

    private List<PlaneBlock> blocks(long plane, long... size) {
        long[] counts = counts(size);
        long all = Arrays.stream(counts).reduce(1, Math::multiplyExact);
        List<PlaneBlock> blocks = new ArrayList<>();
        for (long index = 0; index < all; index++) {
            long[] min = new long[size.length];
            long[] max = new long[size.length];
            long rest = index;
            for (int d = 0; d < size.length; d++) {
                long step = rest % counts[d];
                rest /= counts[d];
                min[d] = border(size[d], step, counts[d]);
                max[d] = border(size[d], step + 1, counts[d]);
            }
            blocks.add(new PlaneBlock(plane, min, max));
        }
        return blocks;
    }

    private static long border(long size, long step, long count) {
        return size / count * step + size % count * step / count;
    }

    /** Cuts the longest side until blocks are small enough. */
    private long[] counts(long... size) {
        long[] counts = new long[size.length];
        Arrays.fill(counts, 1);
        while (true) {
            double block = 1;
            int longest = -1;
            for (int d = 0; d < size.length; d++) {
                block *= (double) size[d] / counts[d];
                boolean cuttable = size[d] / (counts[d] + 1) >= tile[d];
                if (cuttable && (longest < 0 || size[d] / counts[d] > size[longest] / counts[longest])) {
                    longest = d;
                }
            }
            if (block <= pixels || longest < 0) {
                return counts;
            }
            counts[longest]++;
        }
    }
}
