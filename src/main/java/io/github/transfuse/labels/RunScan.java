package io.github.transfuse.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.integer.IntType;

/**
 * First pass of the labelling: cuts rows into runs of one value and joins each run with those it touches in earlier
 * rows. Remembers only as many rows as a neighbour can be away: one in 2D, a plane and one in 3D.
 */
final class RunScan {
    private final long[] size;
    private final RandomAccess<IntType> labels;
    private final UnionFind sets = new UnionFind();
    private final List<Neighbour> neighbours = new ArrayList<>();
    private final Runs[] remembered;
    private long row;

    RunScan(long[] size, Connectivity connectivity, RandomAccess<IntType> labels) {
        this.size = size;
        this.labels = labels;
        int axes = connectivity.axes(size.length);
        collectNeighbours(new int[size.length], size.length - 1, axes);
        long farthest = neighbours.stream().mapToLong(Neighbour::rowsBack).max().orElse(0);
        this.remembered = new Runs[Math.toIntExact(farthest + 1)];
        Arrays.setAll(remembered, i -> new Runs());
    }

    UnionFind sets() {
        return sets;
    }

    /** All offsets to earlier rows that differ along at most so many axes. */
    private void collectNeighbours(int[] offset, int axis, int axes) {
        int used = (int) Arrays.stream(offset).filter(o -> o != 0).count();
        if (used > axes) {
            return;
        }
        if (axis == 0) {
            long back = rowsBack(offset);
            if (used > 0 && back > 0) {
                neighbours.add(new Neighbour(offset.clone(), back, used < axes ? 1 : 0));
            }
            return;
        }
        boolean first = used == 0; // the slowest axis that differs must go back, else the row is a later one
        for (int o = -1; o <= (first ? 0 : 1); o++) {
            offset[axis] = o;
            collectNeighbours(offset, axis - 1, axes);
        }
        offset[axis] = 0;
    }

    private long rowsBack(int[] offset) {
        long back = 0;
        long stride = 1;
        for (int d = 1; d < size.length; d++) {
            back -= stride * offset[d];
            stride *= size[d];
        }
        return back;
    }

    /** Takes the rows in raster order and writes provisional labels. */
    void scan(long[] position, long[] values) {
        Runs runs = remembered[(int) (row % remembered.length)];
        runs.cut(values);
        for (Neighbour neighbour : neighbours) {
            if (neighbour.isInside(position, size)) {
                Runs earlier = remembered[(int) ((row - neighbour.rowsBack) % remembered.length)];
                runs.join(earlier, neighbour.reach, sets);
            }
        }
        for (int i = 0; i < runs.count; i++) {
            if (runs.label[i] == 0) {
                runs.label[i] = sets.add();
            }
            sets.grow(runs.label[i], runs.end[i] - runs.start[i]);
        }
        write(position, runs);
        row++;
    }

    private void write(long[] position, Runs runs) {
        labels.setPosition(position);
        int x = 0;
        for (int i = 0; i <= runs.count; i++) {
            int start = i < runs.count ? runs.start[i] : Math.toIntExact(size[0]);
            int end = i < runs.count ? runs.end[i] : start;
            x = fill(x, start, 0);
            x = fill(x, end, i < runs.count ? runs.label[i] : 0);
        }
    }

    private int fill(int from, int to, int label) {
        for (int x = from; x < to; x++) {
            labels.get().set(label);
            labels.fwd(0);
        }
        return to;
    }

    /** An earlier row that may touch this one; reach 1: pixels may also differ by one along axis 0. */
    private record Neighbour(int[] offset, long rowsBack, int reach) {
        boolean isInside(long[] position, long[] size) {
            for (int d = 1; d < size.length; d++) {
                long p = position[d] + offset[d];
                if (p < 0 || p >= size[d]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The runs of one row, from left to right; end is exclusive. */
    private static final class Runs {
        private int count;
        private int[] start = new int[16];
        private int[] end = new int[16];
        private int[] label = new int[16];
        private long[] value = new long[16];

        void cut(long[] values) {
            count = 0;
            int x = 0;
            while (x < values.length) {
                int from = x;
                while (x < values.length && values[x] == values[from]) {
                    x++;
                }
                if (values[from] != 0) {
                    add(from, x, values[from]);
                }
            }
        }

        private void add(int from, int to, long of) {
            if (count == start.length) {
                start = Arrays.copyOf(start, count * 2);
                end = Arrays.copyOf(end, count * 2);
                label = Arrays.copyOf(label, count * 2);
                value = Arrays.copyOf(value, count * 2);
            }
            start[count] = from;
            end[count] = to;
            value[count] = of;
            label[count++] = 0;
        }

        void join(Runs earlier, int reach, UnionFind sets) {
            int j = 0;
            for (int i = 0; i < count; i++) {
                while (j < earlier.count && earlier.end[j] + reach <= start[i]) {
                    j++;
                }
                for (int k = j; k < earlier.count && earlier.start[k] < end[i] + reach; k++) {
                    if (earlier.value[k] == value[i]) {
                        label[i] = label[i] == 0 ? sets.find(earlier.label[k]) : sets.union(label[i], earlier.label[k]);
                    }
                }
            }
        }
    }
}
