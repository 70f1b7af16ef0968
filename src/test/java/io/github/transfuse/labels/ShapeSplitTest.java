package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

class ShapeSplitTest {
    private static final double DEPTH = 0.75;
    private static final int STEPS = 256;

    /**
     * Each piece falls into as many parts as the h-maxima transform of its depth has regional maxima, and each pixel goes
     * to one of them that no other is reached from at a greater depth; all of it from the definitions, in two and three
     * dimensions.
     */
    @Test
    void partsAreThoseOfTheDefinition() {
        int several = 0;
        for (int seed = 0; seed < 60; seed++) {
            int[] size = seed % 3 == 0 ? new int[] {13, 12, 11} : new int[] {34, 29};
            double radius = seed % 3 == 0 ? 3.5 : 6;
            Grid grid = new Grid(size);
            boolean[] mask = balls(grid, radius, new Random(seed));
            ConnectedComponents.Components pieces = pieces(mask, size);
            int[] before = ints(pieces.labels());
            ConnectedComponents.Components parts = ShapeSplit.of(pieces, DEPTH);
            int[] after = ints(parts.labels());
            int count = 0;
            for (int piece = 1; piece < pieces.sizes().length; piece++) {
                Piece defined = new Piece(grid, before, piece);
                long distinct = defined.pixels().map(i -> after[i]).distinct().count();
                assertEquals(defined.maxima(), distinct, "seed " + seed + ", piece " + piece);
                defined.assertFlooded(after);
                several += distinct > 1 ? 1 : 0;
                count += (int) distinct;
            }
            assertEquals(count, parts.count());
            assertNumbered(after, parts);
            assertArrayEquals(mask, flags(after));
        }
        assertTrue(several > 20, several + " pieces were several");
    }

    private static boolean[] balls(Grid grid, double radius, Random random) {
        boolean[] mask = new boolean[grid.pixels];
        for (int ball = 0; ball < 7; ball++) {
            double r = radius * (0.5 + random.nextDouble());
            double[] centre = Arrays.stream(grid.size)
                    .mapToDouble(n -> random.nextDouble() * n)
                    .toArray();
            for (int i = 0; i < mask.length; i++) {
                mask[i] |= grid.squared(grid.position(i), centre) <= r * r;
            }
        }
        return mask;
    }

    private static void assertNumbered(int[] labels, ConnectedComponents.Components parts) {
        long[] sizes = new long[parts.sizes().length];
        int seen = 0;
        for (int label : labels) {
            if (label > 0) {
                assertTrue(label <= seen + 1, "in raster order");
                seen = Math.max(seen, label);
                sizes[label]++;
            }
        }
        assertArrayEquals(sizes, parts.sizes());
    }

    /** A box of pixels with neighbours by faces. */
    private static final class Grid {
        private final int[] size;
        private final int pixels;

        Grid(int... size) {
            this.size = size;
            this.pixels = Arrays.stream(size).reduce(1, (a, b) -> a * b);
        }

        double[] position(int index) {
            double[] at = new double[size.length];
            int rest = index;
            for (int d = 0; d < at.length; d++) {
                at[d] = rest % size[d];
                rest /= size[d];
            }
            return at;
        }

        double squared(double[] a, double... b) {
            return IntStream.range(0, a.length)
                    .mapToDouble(d -> Math.pow(a[d] - b[d], 2))
                    .sum();
        }

        IntStream neighbours(int index) {
            double[] at = position(index);
            IntStream.Builder found = IntStream.builder();
            int step = 1;
            for (int d = 0; d < size.length; d++) {
                if (at[d] > 0) {
                    found.add(index - step);
                }
                if (at[d] < size[d] - 1) {
                    found.add(index + step);
                }
                step *= size[d];
            }
            return found.build();
        }
    }

    /** One piece by the definitions. */
    private static final class Piece {
        private final Grid grid;
        private final boolean[] inside;
        private final int[] depth;
        private final int[][] neighbours;
        private final int[] maximum;
        private final int count;

        Piece(Grid grid, int[] labels, int label) {
            this.grid = grid;
            inside = new boolean[labels.length];
            for (int i = 0; i < inside.length; i++) {
                inside[i] = labels[i] == label;
            }
            neighbours = new int[inside.length][];
            pixels().forEach(i ->
                    neighbours[i] = grid.neighbours(i).filter(n -> inside[n]).toArray());
            depth = smoothed();
            maximum = new int[inside.length];
            count = findMaxima(reconstructed());
        }

        IntStream pixels() {
            return IntStream.range(0, inside.length).filter(i -> inside[i]);
        }

        int maxima() {
            return count;
        }

        /** Of the lower of two peaks. */
        int heightAboveNeck() {
            assertEquals(2, count);
            int[] fromFirst = pass(1);
            int neck = pixels().filter(i -> maximum[i] == 2)
                    .map(i -> fromFirst[i])
                    .max()
                    .orElseThrow();
            return Math.min(peak(1), peak(2)) - neck;
        }

        private int peak(int marker) {
            return pixels().filter(i -> maximum[i] == marker)
                    .map(i -> depth[i])
                    .max()
                    .orElseThrow();
        }

        private double distance(int pixel) {
            return Math.sqrt(IntStream.range(0, inside.length)
                    .filter(i -> !inside[i])
                    .mapToDouble(i -> grid.squared(grid.position(i), grid.position(pixel)))
                    .min()
                    .orElse(0));
        }

        /** By a Gaussian of 1.5 pixels that ends 5 pixels away; the image is mirrored at its borders. */
        private int[] smoothed() {
            double[] sharp = new double[inside.length];
            Arrays.setAll(sharp, i -> inside[i] ? distance(i) : 0);
            int[] smooth = new int[inside.length];
            pixels().forEach(i -> smooth[i] = (int) Math.round(STEPS * around(sharp, grid.position(i), 0, 0)));
            return smooth;
        }

        private double around(double[] values, double[] at, int axis, int index) {
            if (axis == at.length) {
                return values[index];
            }
            int step = Arrays.stream(grid.size).limit(axis).reduce(1, (a, b) -> a * b);
            int n = grid.size[axis];
            double sum = 0;
            double weights = 0;
            for (int shift = -5; shift <= 5; shift++) {
                int x = (int) at[axis] + shift;
                int mirrored = x < 0 ? -x - 1 : x >= n ? 2 * n - 1 - x : x;
                double weight = Math.exp(-shift * shift / 4.5);
                sum += weight * around(values, at, axis + 1, index + step * mirrored);
                weights += weight;
            }
            return sum / weights;
        }

        /** Depth less h, dilated under the depth until nothing changes. */
        private int[] reconstructed() {
            int[] values = new int[depth.length];
            pixels().forEach(i -> values[i] = depth[i] - (int) (DEPTH * STEPS));
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int i : pixels().toArray()) {
                    for (int n : neighbours[i]) {
                        int reached = Math.min(depth[i], values[n]);
                        changed |= reached > values[i];
                        values[i] = Math.max(values[i], reached);
                    }
                }
            }
            return values;
        }

        /** Connected pixels of one value that have no greater neighbour. */
        private int findMaxima(int... values) {
            int found = 0;
            boolean[] seen = new boolean[values.length];
            for (int i : pixels().filter(i -> !seen[i]).toArray()) {
                int[] plateau = seen[i] ? new int[0] : plateau(values, i, seen);
                boolean isMaximum = plateau.length > 0
                        && Arrays.stream(plateau)
                                .noneMatch(p -> Arrays.stream(neighbours[p]).anyMatch(n -> values[n] > values[p]));
                if (isMaximum) {
                    found++;
                    for (int p : plateau) {
                        maximum[p] = found;
                    }
                }
            }
            return found;
        }

        private int[] plateau(int[] values, int first, boolean... seen) {
            int[] queue = new int[values.length];
            int n = 0;
            queue[n++] = first;
            seen[first] = true;
            for (int next = 0; next < n; next++) {
                for (int neighbour : neighbours[queue[next]]) {
                    if (!seen[neighbour] && values[neighbour] == values[first]) {
                        seen[neighbour] = true;
                        queue[n++] = neighbour;
                    }
                }
            }
            return Arrays.copyOf(queue, n);
        }

        void assertFlooded(int... labels) {
            int[][] pass = new int[count + 1][];
            int[] labelOf = new int[count + 1];
            for (int m = 1; m <= count; m++) {
                int marker = m;
                pass[m] = pass(m);
                int[] own = pixels().filter(i -> maximum[i] == marker)
                        .map(i -> labels[i])
                        .distinct()
                        .toArray();
                assertEquals(1, own.length, "a peak is in one part");
                labelOf[m] = own[0];
            }
            pixels().forEach(i -> {
                int own = IntStream.rangeClosed(1, count)
                        .filter(m -> labelOf[m] == labels[i])
                        .findFirst()
                        .orElseThrow();
                int best = IntStream.rangeClosed(1, count)
                        .map(m -> pass[m][i])
                        .max()
                        .orElseThrow();
                assertEquals(best, pass[own][i], "reached from the deepest");
            });
        }

        /** The least depth on the deepest way from a peak. */
        private int[] pass(int marker) {
            int[] pass = new int[depth.length];
            Arrays.fill(pass, -1);
            pixels().filter(i -> maximum[i] == marker).forEach(i -> pass[i] = depth[i]);
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int i : pixels().toArray()) {
                    for (int n : neighbours[i]) {
                        int reached = Math.min(depth[i], pass[n]);
                        changed |= reached > pass[i];
                        pass[i] = Math.max(pass[i], reached);
                    }
                }
            }
            return pass;
        }
    }

    private static ConnectedComponents.Components pieces(boolean[] mask, int... size) {
        int[] values = new int[mask.length];
        Arrays.setAll(values, i -> mask[i] ? 1 : 0);
        return ConnectedComponents.of(
                ArrayImgs.ints(values, Arrays.stream(size).asLongStream().toArray()), Connectivity.FACES);
    }

    private static int[] ints(RandomAccessibleInterval<IntType> labels) {
        int[] values = new int[(int) Intervals.numElements(labels)];
        int i = 0;
        for (IntType label : Views.flatIterable(labels)) {
            values[i++] = label.get();
        }
        return values;
    }

    private static boolean[] flags(int... labels) {
        boolean[] flags = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            flags[i] = labels[i] > 0;
        }
        return flags;
    }

    /** A piece that fills the image has no edge, and one pixel no neck. */
    @Test
    void extremesStayWhole() {
        for (int[] size : new int[][] {{1, 1}, {40, 3}, {30, 30}, {7, 6, 5}}) {
            boolean[] all = new boolean[Arrays.stream(size).reduce(1, (a, b) -> a * b)];
            Arrays.fill(all, true);
            assertEquals(1, ShapeSplit.of(pieces(all, size), DEPTH).count(), Arrays.toString(size));
        }
    }

    @Test
    void whatLiesAroundChangesNothing() {
        Random random = new Random(4);
        for (int run = 0; run < 20; run++) {
            Grid small = new Grid(40, 30);
            boolean[] mask = balls(small, 4, random);
            Img<IntType> wide = ArrayImgs.ints(100, 70);
            for (int i = 0; i < mask.length; i++) {
                int x = i % 40;
                int y = i / 40;
                // the border of the small image is not to be touched: what goes on behind it is not known there
                mask[i] &= x >= 7 && y >= 7 && x <= 32 && y <= 22;
                wide.getAt(x + 31, y + 17).set(mask[i] ? 1 : 0);
            }
            for (int x = 0; x < 100; x++) {
                wide.getAt(x, 22).set(1);
                wide.getAt(x, 41).set(1);
            }
            int[] there = ints(Views.interval(
                    ShapeSplit.of(ConnectedComponents.of(wide, Connectivity.FACES), DEPTH)
                            .labels(),
                    new long[] {31, 24},
                    new long[] {70, 40}));
            int[] here = ints(Views.interval(
                    ShapeSplit.of(pieces(mask, small.size), DEPTH).labels(), new long[] {0, 7}, new long[] {39, 23}));
            assertArrayEquals(Arrays.stream(here).map(i -> i == 0 ? 0 : i + 1).toArray(), there, "a line comes before");
        }
    }

    /** Two discs are two up to the height of the lower peak above the neck, to a 256th of a pixel. */
    @Test
    void theNeckDecidesExactly() {
        Grid grid = new Grid(60, 30);
        for (double radius = 7; radius < 13; radius += 0.5) {
            boolean[] mask = new boolean[60 * 30];
            for (int i = 0; i < mask.length; i++) {
                double[] at = grid.position(i);
                mask[i] = Math.hypot(at[0] - 20, at[1] - 15) < 12 || Math.hypot(at[0] - 38, at[1] - 15) < radius;
            }
            int neck = new Piece(grid, ints(pieces(mask, 60, 30).labels()), 1).heightAboveNeck();
            String what = "radius " + radius + ", " + neck + " steps";
            double depth = (double) neck / STEPS;
            assertEquals(2, ShapeSplit.of(pieces(mask, 60, 30), depth).count(), what);
            double deeper = depth + 1.0 / STEPS;
            assertEquals(1, ShapeSplit.of(pieces(mask, 60, 30), deeper).count(), what);
        }
    }

    /** The box is 45 x 23 of 60 x 30 pixels, with 5 around it as far as the image goes. */
    @Test
    void whatIsTooLargeStaysWhole() {
        boolean[] mask = twoDiscs();
        assertEquals(2, ShapeSplit.of(pieces(mask, 60, 30), DEPTH, 55 * 30).count());
        assertEquals(1, ShapeSplit.of(pieces(mask, 60, 30), DEPTH, 55 * 30 - 1).count());
    }

    @Test
    void aDeeperNeckIsNeededForAGreaterDepth() {
        boolean[] mask = twoDiscs();
        // discs of radius 12 whose centres lie 22 apart: the neck is half as wide as sqrt(144 - 121) = 4.8
        for (double depth : new double[] {0.1, 4, 6}) {
            assertEquals(2, ShapeSplit.of(pieces(mask, 60, 30), depth).count(), depth + "");
        }
        assertEquals(1, ShapeSplit.of(pieces(mask, 60, 30), 8).count());
    }

    private static boolean[] twoDiscs() {
        boolean[] mask = new boolean[60 * 30];
        for (int i = 0; i < mask.length; i++) {
            double x = i % 60;
            double y = i / 60 - 15;
            mask[i] = Math.hypot(x - 18, y) < 12 || Math.hypot(x - 40, y) < 12;
        }
        return mask;
    }
}
