package io.github.transfuse.labels;

import java.util.Arrays;
import java.util.Iterator;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import net.imglib2.view.Views;

/**
 * Takes pieces apart that are several by their shape, at the necks between their {@link ShapeBasins basins}. What becomes of a
 * piece depends on it alone, not on what lies around it.
 */
final class ShapeSplit {
    /** A piece whose box holds more pixels stays whole: what is as large is no cell, and each pixel takes 17 bytes. */
    private static final long MAX_PIXELS = 1L << 26;

    private final double depth;
    private final long maxPixels;
    private final RandomAccessibleInterval<IntType> labels;
    private final long[] size;
    /** First and last pixel of each label along each axis. */
    private final long[][] first;

    private final long[][] last;
    private int count;

    private ShapeSplit(ConnectedComponents.Components pieces, double depth, long maxPixels) {
        this.depth = depth;
        this.maxPixels = maxPixels;
        this.labels = pieces.labels();
        this.size = labels.dimensionsAsLongArray();
        this.count = pieces.count();
        first = new long[size.length][count + 1];
        last = new long[size.length][count + 1];
    }

    /**
     * Takes the pieces apart in their image.
     *
     * @param pieces connected by shared faces
     * @param depth how far a part is wider than the neck at which it hangs, in pixels of half a width
     * @return labels 1 to n in raster order of their first pixels, in the same image
     */
    static ConnectedComponents.Components of(ConnectedComponents.Components pieces, double depth) {
        return of(pieces, depth, MAX_PIXELS);
    }

    /** The same; pieces whose box with its margin holds more pixels than a limit stay whole. */
    static ConnectedComponents.Components of(ConnectedComponents.Components pieces, double depth, long maxPixels) {
        return new ShapeSplit(pieces, depth, maxPixels).run(pieces);
    }

    private ConnectedComponents.Components run(ConnectedComponents.Components pieces) {
        findBoxes();
        for (int label = 1; label <= pieces.count(); label++) {
            split(label);
        }
        return count == pieces.count() ? pieces : renumbered();
    }

    private void findBoxes() {
        for (int d = 0; d < size.length; d++) {
            Arrays.fill(first[d], Long.MAX_VALUE);
            Arrays.fill(last[d], -1);
        }
        RandomAccess<IntType> access = labels.randomAccess();
        long[] row = new long[Math.toIntExact(size[0])];
        Rows.forEach(size, position -> {
            Rows.read(access, position, row);
            for (int x = 0; x < row.length; x++) {
                if (row[x] != 0) {
                    position[0] = x;
                    extend((int) row[x], position);
                }
            }
            position[0] = 0;
        });
    }

    private void extend(int label, long... position) {
        for (int d = 0; d < size.length; d++) {
            first[d][label] = Math.min(first[d][label], position[d]);
            last[d][label] = Math.max(last[d][label], position[d]);
        }
    }

    private void split(int label) {
        int n = size.length;
        long[] min = new long[n];
        long[] max = new long[n];
        int[] box = new int[n];
        long pixels = 1;
        for (int d = 0; d < n; d++) {
            min[d] = Math.max(0, first[d][label] - ShapeBasins.MARGIN);
            max[d] = Math.min(size[d] - 1, last[d][label] + ShapeBasins.MARGIN);
            box[d] = (int) (max[d] - min[d] + 1);
            pixels *= box[d];
            if (pixels > maxPixels) {
                return;
            }
        }
        Iterable<IntType> image = IterableRandomAccessibleInterval.create(Views.interval(labels, min, max));
        boolean[] inside = new boolean[(int) pixels];
        Iterator<IntType> pixel = image.iterator();
        for (int i = 0; i < inside.length; i++) {
            inside[i] = pixel.next().get() == label;
        }
        number(new ShapeBasins(inside, box, depth).numbers(), label, image.iterator());
    }

    /** The first basin keeps the label, the others get new ones behind all. */
    private void number(int[] basins, int label, Iterator<IntType> pixels) {
        int[] numbers = new int[Arrays.stream(basins).max().orElse(0) + 1];
        boolean isFirst = true;
        for (int b : basins) {
            IntType pixel = pixels.next();
            if (b != 0) {
                if (numbers[b] == 0) {
                    numbers[b] = isFirst ? label : ++count;
                    isFirst = false;
                }
                pixel.set(numbers[b]);
            }
        }
    }

    private ConnectedComponents.Components renumbered() {
        int[] numbers = new int[count + 1];
        long[] sizes = new long[count + 1];
        int[] given = {0};
        RandomAccess<IntType> access = labels.randomAccess();
        Rows.forEach(size, position -> {
            access.setPosition(position);
            for (long x = 0; x < size[0]; x++) {
                int label = access.get().get();
                if (label != 0) {
                    numbers[label] = numbers[label] == 0 ? ++given[0] : numbers[label];
                    access.get().set(numbers[label]);
                    sizes[numbers[label]]++;
                }
                access.fwd(0);
            }
        });
        return new ConnectedComponents.Components(labels, sizes);
    }
}
