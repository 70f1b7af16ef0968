package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        long[] size = java.util.Arrays.copyOf(classes.dimensionsAsLongArray(), classes.numDimensions() + 1);
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
}
