package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.IntType;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;

/** JTS, which QuPath uses, says what is valid and what is inside. */
class PolygonTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    @Test
    void everyPixelIsInsideItsLabelAlone() {
        for (int seed = 0; seed < 60; seed++) {
            Img<IntType> labels = Pictures.random(seed, 0.2 + seed % 4 * 0.2, 2, 13, 11);
            SortedMap<Long, List<Polygon>> polygons = Polygon.of(labels);
            for (Map.Entry<Long, List<Polygon>> label : polygons.entrySet()) {
                Geometry shape = shape(label.getValue());
                assertTrue(shape.isValid(), "seed " + seed + " label " + label.getKey() + ": " + shape);
                var cursor = labels.localizingCursor();
                while (cursor.hasNext()) {
                    boolean inside = cursor.next().get() == label.getKey();
                    Point centre = FACTORY.createPoint(
                            new Coordinate(cursor.getIntPosition(0) + 0.5, cursor.getIntPosition(1) + 0.5));
                    assertEquals(
                            inside,
                            shape.contains(centre),
                            "seed " + seed + ", label " + label.getKey() + " at " + centre);
                }
            }
        }
    }

    @Test
    void aHoleThatMeetsTheOutsideAtACornerIsARingOfItsOwn() {
        List<Polygon> polygons =
                Polygon.of(Pictures.of("111.", "1.1.", "11..", "....")).get(1L);
        assertEquals(1, polygons.size());
        assertTrue(shape(polygons).isValid());
        assertEquals(7, shape(polygons).getArea());
    }

    @Test
    void anIslandInAHoleIsAPartOfItsOwn() {
        List<Polygon> polygons = Polygon.of(
                        Pictures.of("1111111", "1.....1", "1.111.1", "1.1.1.1", "1.111.1", "1.....1", "1111111"))
                .get(1L);
        assertEquals(2, polygons.size());
        assertEquals(List.of(1, 1), polygons.stream().map(p -> p.holes().size()).toList());
        assertEquals(24 + 8, shape(polygons).getArea());
    }

    private static Geometry shape(List<Polygon> polygons) {
        return FACTORY.createMultiPolygon(polygons.stream()
                .map(polygon -> FACTORY.createPolygon(
                        ring(polygon.outer()),
                        polygon.holes().stream().map(PolygonTest::ring).toArray(LinearRing[]::new)))
                .toArray(org.locationtech.jts.geom.Polygon[]::new));
    }

    private static LinearRing ring(Outlines.Ring ring) {
        Coordinate[] closed = new Coordinate[ring.x().length + 1];
        for (int i = 0; i < closed.length; i++) {
            int at = i % ring.x().length;
            closed[i] = new Coordinate(ring.x()[at], ring.y()[at]);
        }
        return FACTORY.createLinearRing(closed);
    }
}
