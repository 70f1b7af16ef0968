package io.github.transfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/**
 * Closed forms, and a table computed with SciPy 1.17.1 and NumPy 2.4.6: masks from the formulas below; surface = mask
 * and not {@code binary_erosion(mask, generate_binary_structure(ndim, 1), border_value=0)}; distances d1, d2 =
 * {@code distance_transform_edt(~surface(other), sampling=spacing)[surface(own)]} in both directions; HD95 =
 * {@code percentile(hstack((d1, d2)), 95)}; ASSD = {@code (d1.mean() + d2.mean()) / 2}; NSD =
 * {@code ((d1 <= t).sum() + (d2 <= t).sum()) / (len(d1) + len(d2))}.
 */
class SurfaceDistancesTest {
    private static final double TOLERANCE = 2e-6;

    @Test
    void ellipses() {
        Img<UnsignedByteType> a = plane((x, y) -> sq(x - 20) * 4 + sq(y - 18) * 9 <= 1600);
        Img<UnsignedByteType> b = plane((x, y) -> sq(x - 24) * 5 + sq(y - 21) * 6 <= 1500);
        assertDistances(6.082762530298219, 3.0090140642485683, SurfaceDistances.of(a, b, 1, 1, 1, 1));
        assertDistances(10.0, 2.88356468215483, SurfaceDistances.of(a, b, 1, 1, 0.5, 2));
    }

    @Test
    void texturesWithManyBorders() {
        Img<UnsignedByteType> a = plane((x, y) -> (x * 7 + y * 13 + x * y) % 11 < 3);
        Img<UnsignedByteType> b = plane((x, y) -> (x * 5 + y * 3 + x * y) % 13 < 4);
        assertDistances(1.801993564596545, 0.7983232706910917, SurfaceDistances.of(a, b, 1, 1, 1.3, 0.7));
    }

    @Test
    void anisotropicVolumes() {
        Img<UnsignedByteType> a = volume(p -> sq(p[0] - 12) * 4 + sq(p[1] - 11) * 5 + sq(p[2] - 5) * 30 <= 400);
        Img<UnsignedByteType> b = volume(p -> sq(p[0] - 15) * 5 + sq(p[1] - 11) * 4 + sq(p[2] - 6) * 25 <= 420);
        double[] spacing = {0.625, 0.625, 3.6};
        assertDistances(3.7069192060254026, 1.57395129955574, SurfaceDistances.of(a, b, 1, 1, spacing));
        Img<UnsignedByteType> outlier = a.copy();
        for (int i = 0; i < 9; i++) {
            outlier.getAt(2 + i % 3, 2 + i / 3, 10).set(1);
        }
        assertDistances(3.8108398024582457, 1.6116710161967287, SurfaceDistances.of(outlier, b, 1, 1, spacing));
        Img<UnsignedByteType> edge = volume(p -> sq(p[0] - 3) + sq(p[1] - 11) + sq(p[2] - 1) * 4 <= 90);
        assertDistances(11.045361017187261, 5.437830124334054, SurfaceDistances.of(edge, b, 1, 1, 1, 1, 1));
    }

    @Test
    void parallelPlatesAreAsFarApartAsTheyAre() {
        Img<UnsignedByteType> a = volume(p -> p[2] == 2);
        Img<UnsignedByteType> b = volume(p -> p[2] == 9);
        assertDistances(7 * 3.5, 7 * 3.5, SurfaceDistances.of(a, b, 1, 1, 1, 1, 3.5));
        assertDistances(0, 0, SurfaceDistances.of(a, a, 1, 1, 1, 1, 3.5));
    }

    @Test
    void surfacesWithinATolerance() {
        Img<UnsignedByteType> a = plane((x, y) -> sq(x - 20) * 4 + sq(y - 18) * 9 <= 1600);
        Img<UnsignedByteType> b = plane((x, y) -> sq(x - 24) * 5 + sq(y - 21) * 6 <= 1500);
        assertEquals(0.3191489361702128, SurfaceDistances.of(a, b, 1, 1, 1, 1).nsd(), 1e-9);
        assertEquals(0.5319148936170213, SurfaceDistances.of(a, b, 1, 3, 1, 1).nsd(), 1e-9);
        assertEquals(0.4627659574468085, SurfaceDistances.of(a, b, 1, 2, 0.5, 2).nsd(), 1e-9);
        Img<UnsignedByteType> v = volume(p -> sq(p[0] - 12) * 4 + sq(p[1] - 11) * 5 + sq(p[2] - 5) * 30 <= 400);
        Img<UnsignedByteType> w = volume(p -> sq(p[0] - 15) * 5 + sq(p[1] - 11) * 4 + sq(p[2] - 6) * 25 <= 420);
        assertEquals(
                0.429421768707483,
                SurfaceDistances.of(v, w, 1, 1, 0.625, 0.625, 3.6).nsd(),
                1e-9);
        assertEquals(1, SurfaceDistances.of(v, v, 1, 0, 0.625, 0.625, 3.6).nsd());
    }

    @Test
    void emptyImages() {
        Img<UnsignedByteType> none = plane((x, y) -> false);
        Img<UnsignedByteType> some = plane((x, y) -> x == y);
        assertDistances(Double.NaN, Double.NaN, SurfaceDistances.of(none, none, 1, 1, 1, 1));
        assertEquals(Double.NaN, SurfaceDistances.of(none, none, 1, 1, 1, 1).nsd());
        assertEquals(0, SurfaceDistances.of(none, some, 1, 1, 1, 1).nsd());
        assertEquals(0, SurfaceDistances.of(some, none, 1, 1, 1, 1).nsd());
        assertDistances(Double.NaN, Double.NaN, SurfaceDistances.of(none, some, 1, 1, 1, 1));
        assertDistances(Double.NaN, Double.NaN, SurfaceDistances.of(some, none, 1, 1, 1, 1));
    }

    @Test
    void viewsMayBeginAnywhere() {
        RandomAccessibleInterval<UnsignedByteType> a = Views.translate(plane((x, y) -> x == 3), -7, 100);
        assertDistances(8, 8, SurfaceDistances.of(a, plane((x, y) -> x == 7), 1, 1, 2, 1));
    }

    @Test
    void refusesOtherSizesAndCalibrations() {
        Img<UnsignedByteType> a = plane((x, y) -> x == 3);
        assertThrows(
                IllegalArgumentException.class,
                () -> SurfaceDistances.of(a, ArrayImgs.unsignedBytes(50, 41), 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> SurfaceDistances.of(a, a, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> SurfaceDistances.of(a, a, 1, 1, 1, 0));
    }

    private static long sq(long v) {
        return v * v;
    }

    private interface Inside2 {
        boolean at(long x, long y);
    }

    private static Img<UnsignedByteType> plane(Inside2 inside) {
        return Shapes.mask(p -> inside.at(p[0], p[1]), 50, 40);
    }

    private static Img<UnsignedByteType> volume(Shapes.Inside inside) {
        return Shapes.mask(inside, 30, 24, 12);
    }

    private static void assertDistances(double hd95, double assd, SurfaceDistances actual) {
        assertEquals(hd95, actual.hd95(), TOLERANCE);
        assertEquals(assd, actual.assd(), TOLERANCE);
    }
}
