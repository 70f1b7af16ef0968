package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.labels.Outlines;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Outlines get fewer corners, within half a pixel. */
class ShortOutlinesTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int SIDE = 64;

    private static Coordinate[] ring(byte... mask) {
        Outlines.Ring ring =
                Outlines.trace(ArrayImgs.unsignedBytes(mask, SIDE, SIDE)).get(0);
        Coordinate[] closed = new Coordinate[ring.x().length + 1];
        for (int i = 0; i < closed.length; i++) {
            closed[i] = new Coordinate(ring.x()[i % ring.x().length], ring.y()[i % ring.x().length]);
        }
        return closed;
    }

    private static byte[] ellipse(double a, double b, double angle) {
        byte[] mask = new byte[SIDE * SIDE];
        for (int i = 0; i < mask.length; i++) {
            double x = i % SIDE - SIDE / 2 + 0.3;
            double y = Math.floorDiv(i, SIDE) - SIDE / 2 - 0.2;
            double u = (x * Math.cos(angle) + y * Math.sin(angle)) / a;
            double v = (y * Math.cos(angle) - x * Math.sin(angle)) / b;
            mask[i] = (byte) (u * u + v * v < 1 ? 1 : 0);
        }
        return mask;
    }

    @Test
    void cellsHaveAThirdFewerCornersWithinHalfAPixel() {
        Random random = new Random(11);
        int before = 0;
        int after = 0;
        for (int i = 0; i < 60; i++) {
            Coordinate[] ring =
                    ring(ellipse(6 + 14 * random.nextDouble(), 6 + 14 * random.nextDouble(), Math.PI * i / 60));
            Coordinate[] shorter = ShortOutlines.of(ring);
            Geometry edges = FACTORY.createLinearRing(ring);
            Geometry outline = FACTORY.createLinearRing(shorter);
            assertTrue(outline.isSimple());
            assertTrue(DiscreteHausdorffDistance.distance(edges, outline, 0.1) < 0.5, outline::toText);
            before += ring.length - 1;
            after += shorter.length - 1;
            double area = FACTORY.createPolygon(ring).getArea();
            assertEquals(area, FACTORY.createPolygon(shorter).getArea(), 0.01 * area);
        }
        assertTrue(after < 0.67 * before, after + " of " + before + " corners");
    }

    @Test
    void rectanglesStay() {
        byte[] mask = new byte[SIDE * SIDE];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (i % SIDE > 10 && i % SIDE < 20 && i > 5 * SIDE && i < 9 * SIDE ? 1 : 0);
        }
        assertArrayEquals(ring(mask), ShortOutlines.of(ring(mask)));
    }
}
