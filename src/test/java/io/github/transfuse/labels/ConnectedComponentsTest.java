package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectedComponentsTest {
    static Stream<long[]> sizes() {
        return Stream.of(
                new long[] {1, 1},
                new long[] {50, 1},
                new long[] {1, 50},
                new long[] {23, 31},
                new long[] {80, 70},
                new long[] {13, 11, 9},
                new long[] {1, 7, 12},
                new long[] {6, 5, 4, 5});
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void agreesWithAFloodFill(long[] size) {
        for (Connectivity connectivity : Connectivity.values()) {
            for (double background : new double[] {0.2, 0.5, 0.7, 0.9}) {
                for (int classes = 1; classes <= 2; classes++) {
                    Img<IntType> image = Pictures.random(size.length * 7L, background, classes, size);
                    assertSame(floodFill(image, connectivity), ConnectedComponents.of(image, connectivity));
                }
            }
        }
    }

    private static void assertSame(Img<IntType> expected, ConnectedComponents.Components actual) {
        long[] sizes = new long[actual.count() + 1];
        Cursor<IntType> cursor = expected.localizingCursor();
        RandomAccess<IntType> access = actual.labels().randomAccess();
        while (cursor.hasNext()) {
            int label = cursor.next().get();
            assertEquals(label, access.setPositionAndGet(cursor).get());
            sizes[label] += label == 0 ? 0 : 1;
        }
        assertArrayEquals(sizes, actual.sizes());
    }

    /** The plain definition: seeds in raster order, all neighbours that differ along few enough axes. */
    private static Img<IntType> floodFill(Img<IntType> image, Connectivity connectivity) {
        Img<IntType> labels = ArrayImgs.ints(image.dimensionsAsLongArray());
        RandomAccess<IntType> label = labels.randomAccess();
        RandomAccess<IntType> value = image.randomAccess();
        Cursor<IntType> seed = image.localizingCursor();
        int count = 0;
        while (seed.hasNext()) {
            int wanted = seed.next().get();
            if (wanted == 0 || label.setPositionAndGet(seed).get() != 0) {
                continue;
            }
            count++;
            Deque<long[]> stack = new ArrayDeque<>();
            stack.push(seed.positionAsLongArray());
            while (!stack.isEmpty()) {
                long[] at = stack.pop();
                if (!Intervals.contains(image, new net.imglib2.Point(at))
                        || value.setPositionAndGet(at).get() != wanted
                        || label.setPositionAndGet(at).get() != 0) {
                    continue;
                }
                label.get().set(count);
                pushNeighbours(at, connectivity, stack);
            }
        }
        return labels;
    }

    private static void pushNeighbours(long[] at, Connectivity connectivity, Deque<long[]> stack) {
        int n = at.length;
        for (int code = 0; code < Math.pow(3, n); code++) {
            long[] to = at.clone();
            int differing = 0;
            int rest = code;
            for (int d = 0; d < n; d++) {
                int step = rest % 3 - 1;
                rest /= 3;
                to[d] += step;
                differing += step * step;
            }
            int allowed = connectivity == Connectivity.FACES ? 1 : connectivity == Connectivity.EDGES ? 2 : n;
            if (differing > 0 && differing <= allowed) {
                stack.push(to);
            }
        }
    }

    @Test
    void diagonalsTouchByCornersOnly() {
        Img<IntType> image = Pictures.of("1.1", ".1.", "1.1");
        assertEquals(5, ConnectedComponents.of(image, Connectivity.of(4)).count());
        assertEquals(1, ConnectedComponents.of(image, Connectivity.of(8)).count());
        assertThrows(IllegalArgumentException.class, () -> Connectivity.of(7));
    }

    @Test
    void aDiagonalThroughSpaceIsACorner() {
        Img<IntType> image = ArrayImgs.ints(2, 2, 2);
        image.getAt(0, 0, 0).set(1);
        image.getAt(1, 1, 1).set(1);
        assertEquals(2, ConnectedComponents.of(image, Connectivity.of(18)).count());
        assertEquals(1, ConnectedComponents.of(image, Connectivity.of(26)).count());
        image.getAt(0, 1, 1).set(1);
        assertEquals(2, ConnectedComponents.of(image, Connectivity.of(6)).count());
        assertEquals(1, ConnectedComponents.of(image, Connectivity.of(18)).count());
    }

    @Test
    void countsMoreThan16BitsOfObjects() {
        Img<IntType> image = ArrayImgs.ints(600, 600);
        Cursor<IntType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            cursor.get().set((cursor.getIntPosition(0) & cursor.getIntPosition(1) & 1));
        }
        ConnectedComponents.Components objects = ConnectedComponents.of(image, Connectivity.CORNERS);
        assertEquals(90_000, objects.count());
        assertEquals(90_000, objects.labels().getAt(599, 599).get());
        assertEquals(1, Arrays.stream(objects.sizes()).skip(1).max().orElse(0));
        assertEquals(LabelType.FLOAT32, LabelType.forInstances(objects.count()));
    }

    @Test
    void viewsMayBeginAnywhere() {
        RandomAccessibleInterval<IntType> moved = Views.translate(Pictures.of("11.1", "...1"), 100, -5);
        ConnectedComponents.Components objects = ConnectedComponents.of(moved, Connectivity.FACES);
        assertArrayEquals(new String[] {"11.2", "...2"}, Pictures.draw(objects.labels()));
        assertArrayEquals(new long[] {0, 2, 2}, objects.sizes());
    }
}
