package io.github.transfuse.slide;

import io.github.transfuse.labels.Outlines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import org.locationtech.jts.algorithm.PointLocation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Labels as JTS geometries: close to pixel edges, with holes, one multi-polygon per label. What lies in a shape is at the
 * centres of pixels as in the labels.
 *
 * @param x of the image's left border, in coordinates of the slide
 * @param y of the image's upper border, in coordinates of the slide
 * @param scaleX slide coordinates per pixel of the image
 * @param scaleY slide coordinates per pixel of the image
 */
record TracedShapes(double x, double y, double scaleX, double scaleY) {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final double HUNDREDTHS = 100;

    /** For an image of this many pixels that shows the region. */
    static TracedShapes of(SlideRegion region, long width, long height) {
        return new TracedShapes(
                region.x(), region.y(), region.width() / (double) width, region.height() / (double) height);
    }

    /** Where a column of pixels begins, in slide coordinates. */
    double slideX(long pixel) {
        return x + pixel * scaleX;
    }

    /** Where a row of pixels begins, in slide coordinates. */
    double slideY(long pixel) {
        return y + pixel * scaleY;
    }

    /** Where pixels lie on the slide. */
    Envelope envelope(SlideParts.Area area) {
        return new Envelope(
                slideX(area.x().min()),
                slideX(area.x().max()),
                slideY(area.y().min()),
                slideY(area.y().max()));
    }

    /** The pixels of an image that a region of the slide touches. */
    SlideParts.Area pixels(SlideRegion region, RegionImage image) {
        return new SlideParts.Area(
                span((region.x() - x) / scaleX, (region.x() + region.width() - x) / scaleX, image.width()),
                span((region.y() - y) / scaleY, (region.y() + region.height() - y) / scaleY, image.height()));
    }

    private static SlideParts.Span span(double from, double to, long length) {
        long min = Math.min(length - 1, (long) Math.floor(from));
        return new SlideParts.Span(min, Math.max(min + 1, Math.min(length, (long) Math.ceil(to))));
    }

    /** Traces the labels of the whole image. */
    Map<Long, Geometry> trace(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        return trace(labels, 0, 0);
    }

    /**
     * Traces all labels. The same pixels give the same coordinates, to the bit, wherever the labels begin.
     *
     * @param labels 0 = background, two axes
     * @param firstX pixel of the image at which the labels begin
     * @param firstY pixel of the image at which the labels begin
     * @return valid polygons and multi-polygons by label, in slide coordinates
     */
    Map<Long, Geometry> trace(RandomAccessibleInterval<? extends IntegerType<?>> labels, long firstX, long firstY) {
        Map<Long, List<Outlines.Ring>> rings = Outlines.trace(labels).stream()
                .collect(Collectors.groupingBy(Outlines.Ring::label, TreeMap::new, Collectors.toList()));
        Map<Long, Geometry> shapes = new TreeMap<>();
        rings.forEach((label, ofLabel) -> shapes.put(label, shape(ofLabel, firstX, firstY)));
        return shapes;
    }

    private Geometry shape(List<Outlines.Ring> rings, long firstX, long firstY) {
        List<Shell> shells = new ArrayList<>();
        List<Coordinate[]> holes = new ArrayList<>();
        for (Outlines.Ring ring : rings) {
            List<Coordinate[]> simple = SimpleRings.of(corners(ring, firstX, firstY));
            for (Coordinate[] part : simple) {
                if (SimpleRings.isHole(part)) {
                    holes.add(part);
                } else {
                    shells.add(new Shell(part, new ArrayList<>()));
                }
            }
        }
        assign(holes, shells);
        List<Polygon> polygons = shells.stream().map(this::polygon).toList();
        Geometry whole =
                polygons.size() == 1 ? polygons.get(0) : FACTORY.createMultiPolygon(polygons.toArray(Polygon[]::new));
        return whole.isValid() ? whole : whole.buffer(0);
    }

    private static Coordinate[] corners(Outlines.Ring ring, long firstX, long firstY) {
        int count = ring.x().length;
        Coordinate[] closed = new Coordinate[count + 1];
        for (int i = 0; i < count; i++) {
            closed[i] = new Coordinate(firstX + ring.x()[i], firstY + ring.y()[i]);
        }
        closed[count] = closed[0].copy();
        return closed;
    }

    private Polygon polygon(Shell shell) {
        return FACTORY.createPolygon(
                ring(shell.ring), shell.holes.stream().map(this::ring).toArray(LinearRing[]::new));
    }

    private LinearRing ring(Coordinate... corners) {
        Coordinate[] outline = ShortOutlines.of(corners);
        for (Coordinate corner : outline) {
            corner.x = rounded(x + corner.x * scaleX);
            corner.y = rounded(y + corner.y * scaleY);
        }
        return FACTORY.createLinearRing(outline);
    }

    /** To hundredths of a pixel, as QuPath's own outlines are. */
    private static double rounded(double coordinate) {
        return Math.rint(coordinate * HUNDREDTHS) / HUNDREDTHS;
    }

    /** Puts each hole into the smallest shell around it. */
    private static void assign(List<Coordinate[]> holes, List<Shell> shells) {
        if (holes.isEmpty()) {
            return;
        }
        STRtree index = new STRtree();
        shells.forEach(shell -> index.insert(shell.outline().getEnvelopeInternal(), shell));
        for (Coordinate[] hole : holes) {
            Coordinate inside = SimpleRings.pointInside(hole);
            List<?> near = index.query(new Envelope(inside));
            near.stream()
                    .map(Shell.class::cast)
                    .filter(shell -> PointLocation.locateInRing(inside, shell.ring()) == Location.INTERIOR)
                    .min(Comparator.comparingDouble(shell -> shell.outline().getArea()))
                    .ifPresent(shell -> shell.holes().add(hole));
        }
    }

    private record Shell(Coordinate[] ring, List<Coordinate[]> holes) {
        Polygon outline() {
            return FACTORY.createPolygon(ring);
        }
    }
}
