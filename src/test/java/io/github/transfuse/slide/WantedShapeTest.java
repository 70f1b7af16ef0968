package io.github.transfuse.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** What belongs to an annotation, and what becomes of objects at its outline. */
class WantedShapeTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final SlideInfo SLIDE = new SlideInfo("slide", 100, 80, 3, true, Optional.empty());

    private static Geometry box(double left, double right, double top, double bottom) {
        return FACTORY.toGeometry(new Envelope(left, right, top, bottom));
    }

    private static WantedShape in(Geometry shape) {
        return WantedShape.of(
                SlideRegion.around(shape.getEnvelopeInternal(), SLIDE, RegionReader.Plane.FIRST),
                Optional.of(shape),
                SLIDE);
    }

    private static WantedShape all() {
        return WantedShape.of(SlideRegion.all(SLIDE, RegionReader.Plane.FIRST), Optional.empty(), SLIDE);
    }

    @Test
    void aCentreOnALineBelongsToOneOfTheAnnotationsBesideIt() {
        Geometry cell = box(35, 45, 25, 35);
        List<Geometry> quarters =
                List.of(box(0, 40, 0, 30), box(40, 80, 0, 30), box(0, 40, 30, 60), box(40, 80, 30, 60));

        assertEquals(
                1, quarters.stream().filter(quarter -> in(quarter).owns(cell)).count());
        assertTrue(all().owns(cell));
    }

    @Test
    void bordersAreWholeCutOrLeftOut() {
        WantedShape wanted = in(box(10, 50, 10, 50));
        Geometry across = box(40, 56, 20, 30);
        Geometry within = box(20, 30, 20, 30);

        assertEquals(160, Borders.of("whole").kept(across, wanted, false).getArea());
        assertEquals(100, Borders.of("whole").kept(across, wanted, true).getArea());
        assertEquals(
                100,
                Borders.of("constrain_to_parent").kept(across, wanted, false).getArea());
        assertTrue(Borders.of("exclude_edges").kept(across, wanted, false).isEmpty());
        assertEquals(
                100, Borders.of("exclude_edges").kept(within, wanted, false).getArea());
    }

    @Test
    void theEndOfTheImageIsABorderToo() {
        Geometry cut = box(90, 100, 20, 30);
        WantedShape beyond = in(box(60, 140, 10, 50));

        assertTrue(Borders.EXCLUDE_EDGES.kept(cut, all(), false).isEmpty());
        assertTrue(Borders.EXCLUDE_EDGES.kept(cut, beyond, false).isEmpty());
        assertEquals(100, Borders.WHOLE.kept(cut, beyond, false).getArea());
        assertEquals(
                100,
                Borders.EXCLUDE_EDGES.kept(box(80, 90, 20, 30), all(), false).getArea());
    }

    /** Of all of a class, the pieces at the outline are left out alone. */
    @Test
    void piecesOfAClassAreLeftOutOneByOne() {
        Geometry pieces = box(20, 30, 20, 30).union(box(40, 60, 20, 30));

        assertEquals(
                100,
                Borders.EXCLUDE_EDGES
                        .kept(pieces, in(box(10, 50, 10, 50)), true)
                        .getArea());
    }

    @Test
    void surroundingsAreAsWideAsAsked() {
        Geometry rectangle = box(10, 50, 10, 50);
        Geometry triangle = FACTORY.createPolygon(new Coordinate[] {
            new Coordinate(10, 10), new Coordinate(50, 10), new Coordinate(10, 50), new Coordinate(10, 10)
        });

        assertTrue(in(rectangle).within(5).hold(new Envelope(5, 55, 20, 30)));
        assertFalse(in(rectangle).within(5).hold(new Envelope(4.9, 55, 20, 30)));
        assertTrue(in(triangle).within(5).hold(new Envelope(5.1, 20, 20, 30)));
        assertFalse(in(triangle).within(5).hold(new Envelope(40, 50, 40, 50)));
        assertTrue(all().within(0).hold(new Envelope(0, 100, 0, 80)));
    }
}
