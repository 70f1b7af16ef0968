package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/** What is asked for of a plane: all of it, or what lies in a shape. In coordinates of the slide. */
final class WantedShape {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** A hair to the right and down: a centre on the line between two annotations belongs to one of them. */
    private static final double HAIR = 1e-7;

    private final Optional<Geometry> shape;
    private final Optional<PreparedGeometry> prepared;
    private final Geometry plane;
    private Optional<PreparedGeometry> borders = Optional.empty();

    private WantedShape(Optional<Geometry> shape, Geometry plane) {
        this.shape = shape;
        this.prepared = shape.map(PreparedGeometryFactory::prepare);
        this.plane = plane;
    }

    /**
     * What is asked for of a region.
     *
     * @param inside the shape; empty: all of the region
     */
    static WantedShape of(SlideRegion region, Optional<Geometry> inside, SlideInfo slide) {
        SlideRegion plane = SlideRegion.all(slide, region.plane());
        return new WantedShape(
                inside.isPresent() || region.equals(plane)
                        ? inside
                        : Optional.of(FACTORY.toGeometry(region.envelope())),
                FACTORY.toGeometry(plane.envelope()));
    }

    /** Whether an object belongs to it: its centroid lies inside. */
    boolean owns(Geometry object) {
        Coordinate centre = object.getCentroid().getCoordinate();
        return prepared.isEmpty()
                || prepared.get().contains(FACTORY.createPoint(new Coordinate(centre.x + HAIR, centre.y + HAIR)));
    }

    /** The part of an object that lies in it; empty if they only touch. */
    Geometry clipped(Geometry object) {
        if (prepared.isEmpty() || prepared.get().covers(object)) {
            return object;
        }
        Geometry common = object.intersection(shape.get());
        // shapes that only touch leave points and lines
        return common instanceof Polygonal ? common : common.buffer(0);
    }

    /** The pieces of an object that touch neither its outline nor the end of the plane. */
    Geometry awayFromBorders(Geometry object) {
        if (borders.isEmpty()) {
            borders = Optional.of(PreparedGeometryFactory.prepare(
                    shape.map(plane::intersection).orElse(plane)));
        }
        PreparedGeometry within = borders.get();
        List<Polygon> pieces = new ArrayList<>();
        for (int i = 0; i < object.getNumGeometries(); i++) {
            if (object.getGeometryN(i) instanceof Polygon piece && within.containsProperly(piece)) {
                pieces.add(piece);
            }
        }
        return pieces.size() == object.getNumGeometries() ? object : FACTORY.buildGeometry(pieces);
    }

    /** Whether something in a rectangle may belong to it. */
    boolean touches(Envelope rectangle) {
        return prepared.isEmpty() || prepared.get().intersects(FACTORY.toGeometry(rectangle));
    }

    /** What is nearer to it than a distance. */
    Surroundings within(double distance) {
        if (shape.isEmpty()) {
            return rectangle -> true;
        }
        if (shape.get().isRectangle()) {
            Envelope near = shape.get().getEnvelopeInternal();
            near.expandBy(distance);
            return near::contains;
        }
        PreparedGeometry near = PreparedGeometryFactory.prepare(shape.get().buffer(distance));
        return rectangle -> near.covers(FACTORY.toGeometry(rectangle));
    }

    /** Pixels that are known. */
    interface Surroundings {
        boolean hold(Envelope rectangle);
    }
}
