package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Geometries cover exactly the pixels of their label. */
class TracedShapesTest {
    private static final TracedShapes AS_IS = new TracedShapes(0, 0, 1, 1);

    private static ArrayImg<UnsignedByteType, ByteArray> image(String... rows) {
        byte[] values = new byte[rows.length * rows[0].length()];
        for (int i = 0; i < values.length; i++) {
            char c = rows[i / rows[0].length()].charAt(i % rows[0].length());
            values[i] = (byte) (c == '.' ? 0 : c - '0');
        }
        return ArrayImgs.unsignedBytes(values, rows[0].length(), rows.length);
    }

    @Test
    void keepsHoles() {
        Geometry ring = AS_IS.trace(image("1111", "1..1", "1..1", "1111")).get(1L);

        assertEquals(12, ring.getArea());
        assertEquals(1, ((Polygon) ring).getNumInteriorRing());
    }

    @Test
    void keepsPartsTogether() {
        Map<Long, Geometry> shapes = AS_IS.trace(image("1.2.1", "....1"));

        assertEquals(2, shapes.get(1L).getNumGeometries());
        assertEquals(3, shapes.get(1L).getArea());
        assertEquals(1, shapes.get(2L).getArea());
    }

    @Test
    void putsAnIslandsHoleIntoTheIsland() {
        Geometry shape = AS_IS.trace(image("1111111", "1.....1", "1.111.1", "1.1.1.1", "1.111.1", "1.....1", "1111111"))
                .get(1L);

        assertTrue(shape.isValid());
        assertEquals(24 + 8, shape.getArea());
        assertEquals(2, shape.getNumGeometries());
    }

    @Test
    void toleratesHolesThatMeetTheOutsideAtACorner() {
        Geometry shape = AS_IS.trace(image(".111", "1.11", "1111", "1111")).get(1L);

        assertTrue(shape.isValid());
        assertEquals(14, shape.getArea());
    }

    @Test
    void placesShapesOnTheSlide() {
        SlideRegion region = new SlideRegion(1000, 2000, 40, 80, RegionReader.Plane.FIRST);
        Geometry shape = TracedShapes.of(region, 10, 20)
                .trace(image("..........", ".1........"))
                .get(1L);

        assertEquals(new Envelope(1004, 1008, 2004, 2008), shape.getEnvelopeInternal());
        assertEquals(16, shape.getArea());
    }

    @Test
    void coversExactlyThePixelsOfRandomMaps() {
        Random random = new Random(7);
        GeometryFactory factory = new GeometryFactory();
        for (int round = 0; round < 30; round++) {
            byte[] values = new byte[20 * 15];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) random.nextInt(3);
            }
            Map<Long, Geometry> shapes = AS_IS.trace(ArrayImgs.unsignedBytes(values, 20, 15));
            shapes.forEach((label, shape) -> assertTrue(shape.isValid(), "round of label " + label));
            for (int i = 0; i < values.length; i++) {
                for (long label = 1; label <= 2; label++) {
                    boolean inside = shapes.get(label)
                            .contains(factory.createPoint(new Coordinate(i % 20 + 0.5, Math.floorDiv(i, 20) + 0.5)));
                    assertEquals(values[i] == label, inside, "pixel " + i);
                }
            }
        }
    }
}
