package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;

/**
 * Outlines with fewer corners: from the middle of one pixel edge to the middle of another, at most half a pixel from the
 * outline along the edges, and with the centres of the same pixels inside.
 */
final class ShortOutlines {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /**
     * Pixels that a corner may be left out by. A cut corner of a pixel is 0.354 away already, and its centre as far on the
     * other side.
     */
    private static final double TOLERANCE = 0.13;

    private ShortOutlines() {}

    /**
     * Leaves out corners; a ring that has no more than what would be left stays as it is.
     *
     * @param ring closed, along the edges of pixels, whose corners are whole numbers
     * @return a closed ring
     */
    static Coordinate[] of(Coordinate... ring) {
        List<Coordinate> middles = new ArrayList<>();
        for (int i = 1; i < ring.length; i++) {
            addMiddles(middles, ring[i - 1], ring[i]);
        }
        middles.add(middles.get(0).copy());
        DouglasPeuckerSimplifier simplifier =
                new DouglasPeuckerSimplifier(FACTORY.createLineString(middles.toArray(Coordinate[]::new)));
        simplifier.setDistanceTolerance(TOLERANCE);
        simplifier.setEnsureValid(false);
        Coordinate[] shorter = simplifier.getResultGeometry().getCoordinates();
        // rectangles and single pixels are shortest as they are
        return shorter.length < ring.length ? shorter : copy(ring);
    }

    private static Coordinate[] copy(Coordinate... ring) {
        return Arrays.stream(ring).map(Coordinate::copy).toArray(Coordinate[]::new);
    }

    /** Of the first and the last pixel edge between two corners: those between lie on a line. */
    private static void addMiddles(List<Coordinate> middles, Coordinate from, Coordinate to) {
        double length = from.distance(to);
        double half = 0.5 / length;
        middles.add(between(from, to, half));
        if (length > 1) {
            middles.add(between(from, to, 1 - half));
        }
    }

    private static Coordinate between(Coordinate from, Coordinate to, double part) {
        return new Coordinate(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    }
}
