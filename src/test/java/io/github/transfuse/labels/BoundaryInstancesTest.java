package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

class BoundaryInstancesTest {
    @Test
    void targetsHaveARimBetweenTouchingObjectsAndNoneAtTheImageBorder() {
        Img<IntType> objects = Pictures.of("111222", "111222", "111222", "......");
        assertArrayEquals(
                new String[] {"112211", "112211", "222222", "......"}, Pictures.draw(BoundaryTargets.of(objects, 1)));
        assertArrayEquals(
                new String[] {"122221", "222222", "222222", "......"}, Pictures.draw(BoundaryTargets.of(objects, 2)));
        assertThrows(IllegalArgumentException.class, () -> BoundaryTargets.of(objects, 0));
    }

    @Test
    void smallObjectsKeepTheirDeepestPixels() {
        Img<IntType> objects = Pictures.of(".....", ".333.", ".333.", ".333.", ".....", ".4...", ".....");
        assertArrayEquals(
                new String[] {".....", ".222.", ".212.", ".222.", ".....", ".1...", "....."},
                Pictures.draw(BoundaryTargets.of(objects, 5)));
    }

    @Test
    void touchingDiscsComeApartAgain() {
        assertRoundTrip(balls(new long[] {64, 40}, new double[][] {{18, 20, 13}, {43, 20, 13}}), 2, 0.97);
    }

    @Test
    void touchingBallsComeApartAgain() {
        assertRoundTrip(balls(new long[] {40, 24, 22}, new double[][] {{11, 12, 11, 8.5}, {27, 12, 11, 8.5}}), 2, 0.95);
    }

    /** The network saw no boundary between them: their shape is left. */
    @Test
    void discsWithoutABoundaryComeApartByShape() {
        Img<IntType> discs = balls(new long[] {64, 40}, new double[][] {{18, 20, 13}, {43, 20, 13}});
        Img<FloatType> p = oneHot(inside(discs), 0.9f);
        assertEquals(1, BoundaryInstances.at(0.5, 0).decode(p).count());
        ConnectedComponents.Components found = BoundaryInstances.at(0.5, 0.75).decode(p);
        assertEquals(2, found.count());
        for (int x = 0; x < 64; x++) {
            int expected = discs.getAt(x, 20).get();
            assertEquals(expected, found.labels().getAt(x, 20).get(), "x " + x);
        }
        assertThrows(IllegalArgumentException.class, () -> BoundaryInstances.at(0.5, -0.1));
        assertThrows(IllegalArgumentException.class, () -> BoundaryInstances.at(0.5, Double.NaN));
    }

    /** All of them as interior. */
    private static Img<UnsignedByteType> inside(Img<IntType> objects) {
        Img<UnsignedByteType> classes = ArrayImgs.unsignedBytes(objects.dimensionsAsLongArray());
        net.imglib2.loops.LoopBuilder.setImages(objects, classes)
                .forEachPixel((object, c) -> c.set(object.get() > 0 ? BoundaryInstances.INTERIOR : 0));
        return classes;
    }

    /** Balls {centre..., radius}, each pixel to the nearest. */
    private static Img<IntType> balls(long[] size, double[][] balls) {
        Img<IntType> image = ArrayImgs.ints(size);
        Cursor<IntType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            double nearest = Double.MAX_VALUE;
            for (int b = 0; b < balls.length; b++) {
                double squared = 0;
                for (int d = 0; d < size.length; d++) {
                    squared += Math.pow(cursor.getLongPosition(d) - balls[b][d], 2);
                }
                if (squared <= Math.pow(balls[b][size.length], 2) && squared < nearest) {
                    nearest = squared;
                    cursor.get().set(b + 1);
                }
            }
        }
        return image;
    }

    private static void assertRoundTrip(Img<IntType> objects, int count, double share) {
        ConnectedComponents.Components merged = ConnectedComponents.of(
                net.imglib2.converter.Converters.convert(
                        (net.imglib2.RandomAccessibleInterval<IntType>) objects,
                        (in, out) -> out.set(Math.min(1, in.get())),
                        new IntType()),
                Connectivity.FACES);
        assertEquals(1, merged.count(), "they touch");
        ConnectedComponents.Components found =
                BoundaryInstances.DEFAULT.decode(oneHot(BoundaryTargets.of(objects, 2), 0.9f));
        assertEquals(count, found.count());
        long same = 0;
        long all = 0;
        Cursor<IntType> cursor = objects.localizingCursor();
        RandomAccess<IntType> label = found.labels().randomAccess();
        while (cursor.hasNext()) {
            int expected = cursor.next().get();
            int actual = label.setPositionAndGet(cursor).get();
            assertEquals(expected == 0, actual == 0, "the whole foreground and nothing else");
            all += expected != 0 ? 1 : 0;
            same += expected != 0 && expected == actual ? 1 : 0;
        }
        assertTrue(same >= share * all, same + " of " + all);
        assertEquals(all, found.sizes()[1] + found.sizes()[2]);
    }

    private static Img<FloatType> oneHot(Img<UnsignedByteType> classes, float sure) {
        long[] size = Arrays.copyOf(classes.dimensionsAsLongArray(), classes.numDimensions() + 1);
        size[classes.numDimensions()] = 3;
        Img<FloatType> p = ArrayImgs.floats(size);
        p.forEach(v -> v.set((1 - sure) / 2));
        RandomAccess<FloatType> access = p.randomAccess();
        Cursor<UnsignedByteType> cursor = classes.localizingCursor();
        while (cursor.hasNext()) {
            int k = cursor.next().get();
            for (int d = 0; d < classes.numDimensions(); d++) {
                access.setPosition(cursor.getLongPosition(d), d);
            }
            access.setPosition(k, classes.numDimensions());
            access.get().set(sure);
        }
        return p;
    }

    @Test
    void labelsMeetOnTheRidgeOfTheBoundary() {
        // interior falls from both ends to x = 5: the left seed is nearer to the middle, but the ridge decides
        float[] interior = {0.9f, 0.8f, 0.4f, 0.3f, 0.2f, 0.1f, 0.45f, 0.9f};
        float[] p = new float[3 * interior.length];
        for (int x = 0; x < interior.length; x++) {
            p[8 + x] = interior[x];
            p[16 + x] = 1 - interior[x];
        }
        ConnectedComponents.Components found = BoundaryInstances.DEFAULT.decode(ArrayImgs.floats(p, 8, 1, 3));
        assertEquals(2, found.count());
        assertEquals(2, found.labels().getAt(6, 0).get());
        assertEquals(1, found.labels().getAt(4, 0).get());
    }

    @Test
    void unseededForegroundIsDroppedAndClassesAreChecked() {
        float[] p = {0.1f, 0.1f, 0.2f, 0.2f, 0.7f, 0.7f};
        assertEquals(
                0,
                BoundaryInstances.DEFAULT.decode(ArrayImgs.floats(p, 2, 1, 3)).count());
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> BoundaryInstances.DEFAULT.decode(ArrayImgs.floats(2, 3, 1)));
        assertTrue(e.getMessage().contains("3 classes"), e.getMessage());
    }

    /**
     * The watershed by its definition, with a search through all waiting pixels instead of queues: the most interior-like
     * of the pixels that have a label and were not taken yet gives its label to its neighbours.
     */
    @Test
    void grownPixelsAreTakenMostInteriorLikeFirst() {
        for (int seed = 0; seed < 20; seed++) {
            int width = 23;
            int height = 17;
            float[] p = distinct(new Random(seed), width, height);
            ConnectedComponents.Components found =
                    BoundaryInstances.DEFAULT.decode(ArrayImgs.floats(p, width, height, 3));
            int[] labels = new int[width * height];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = found.labels().getAt(i % width, i / width).get();
            }
            assertArrayEquals(watershed(p, width, height), labels, "seed " + seed);
            long[] sizes = new long[found.count() + 1];
            Arrays.stream(labels).filter(l -> l > 0).forEach(l -> sizes[l]++);
            assertArrayEquals(Arrays.copyOfRange(sizes, 1, sizes.length), sizesOf(found));
        }
    }

    private static long[] sizesOf(ConnectedComponents.Components found) {
        return Arrays.copyOfRange(found.sizes(), 1, found.count() + 1);
    }

    /** Interior probabilities of which no two share a level, a tenth of them seeds; a fifth is background. */
    private static float[] distinct(Random random, int width, int height) {
        int n = width * height;
        List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(order, random);
        float[] p = new float[3 * n];
        for (int i = 0; i < n; i++) {
            int rank = order.get(i);
            boolean isSeed = rank < n / 10;
            p[n + i] = isSeed ? 0.9f : 0.5f - (rank + 0.5f) / 1024;
            p[2 * n + i] = !isSeed && random.nextInt(5) == 0 ? 0 : 1 - p[n + i];
        }
        return p;
    }

    private static int[] watershed(float[] p, int width, int height) {
        int n = width * height;
        int[] labels = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (p[n + i] > 0.5f && labels[i] == 0) {
                flood(p, labels, i, ++count, width);
            }
        }
        List<Integer> waiting = new ArrayList<>();
        List<Integer> seeds =
                IntStream.range(0, n).filter(i -> labels[i] > 0).boxed().toList();
        seeds.forEach(i -> give(p, labels, i, width, waiting));
        while (!waiting.isEmpty()) {
            Integer next = Collections.max(waiting, Comparator.comparing((Integer i) -> p[n + i]));
            waiting.remove(next);
            give(p, labels, next, width, waiting);
        }
        return labels;
    }

    private static void flood(float[] p, int[] labels, int at, int label, int width) {
        labels[at] = label;
        neighbours(at, width, labels.length)
                .filter(i -> p[labels.length + i] > 0.5f && labels[i] == 0)
                .forEach(i -> flood(p, labels, i, label, width));
    }

    private static void give(float[] p, int[] labels, int from, int width, List<Integer> waiting) {
        int n = labels.length;
        neighbours(from, width, n)
                .filter(i -> labels[i] == 0 && p[n + i] + p[2 * n + i] > 0.5f)
                .forEach(i -> {
                    labels[i] = labels[from];
                    waiting.add(i);
                });
    }

    private static IntStream neighbours(int at, int width, int n) {
        return IntStream.of(at % width > 0 ? at - 1 : -1, at % width < width - 1 ? at + 1 : -1, at - width, at + width)
                .filter(i -> i >= 0 && i < n);
    }

    @Test
    void foregroundIsWhereInteriorAndBoundaryTogetherPassTheThreshold() {
        // interior, boundary: a seed, 0.55 in all, then 0.45 in all, which also shuts off what lies behind
        float[] p = {0.1f, 0.45f, 0.55f, 0.1f, 0.9f, 0.15f, 0.25f, 0.3f, 0, 0.4f, 0.2f, 0.6f};
        ConnectedComponents.Components found = BoundaryInstances.DEFAULT.decode(ArrayImgs.floats(p, 4, 1, 3));
        assertArrayEquals(new String[] {"11.."}, Pictures.draw(found.labels()));
        found = new BoundaryInstances(0.5, 0.4, Connectivity.FACES, 0).decode(ArrayImgs.floats(p, 4, 1, 3));
        assertArrayEquals(new String[] {"1111"}, Pictures.draw(found.labels()));
    }

    /** Two objects of 0.95 and 0.6, and one of 0.4 with a ridge that is more boundary than interior. */
    @Test
    void aThresholdIsHowSureObjectsAre() {
        float[] interior = {0.9f, 0.9f, 0, 0.55f, 0.55f, 0, 0.35f, 0.2f, 0.35f};
        float[] boundary = {0.05f, 0.05f, 0, 0.05f, 0.05f, 0, 0.05f, 0.22f, 0.05f};
        float[] p = new float[27];
        for (int i = 0; i < 9; i++) {
            p[i] = 1 - interior[i] - boundary[i];
            p[9 + i] = interior[i];
            p[18 + i] = boundary[i];
        }
        assertArrayEquals(new String[] {"11......."}, drawn(0.7, p));
        assertArrayEquals(new String[] {"11.22...."}, drawn(0.5, p));
        assertArrayEquals(new String[] {"11.22.334"}, drawn(0.3, p));
        assertArrayEquals(new String[] {"........."}, drawn(0.99, p));
    }

    private static String[] drawn(double threshold, float... p) {
        return Pictures.draw(BoundaryInstances.at(threshold, 0)
                .decode(ArrayImgs.floats(p, p.length / 3, 1, 3))
                .labels());
    }

    @Test
    void thresholdsAreProbabilities() {
        for (double wrong : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class, () -> new BoundaryInstances(wrong, 0.5, Connectivity.FACES, 0));
            assertThrows(
                    IllegalArgumentException.class, () -> new BoundaryInstances(0.5, wrong, Connectivity.FACES, 0));
        }
        assertEquals(0, new BoundaryInstances(0, 1, Connectivity.FACES, 0).interiorThreshold());
        assertEquals(1, new BoundaryInstances(1, 0, Connectivity.FACES, 0).interiorThreshold());
    }
}
