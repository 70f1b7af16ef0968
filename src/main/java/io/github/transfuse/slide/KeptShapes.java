package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.index.strtree.STRtree;

/** Leaves out new objects where objects that stay are already: nothing is there twice. */
public final class KeptShapes {
    /** Part of the smaller one that two shapes share when they are the same thing. */
    private static final double SAME = 0.5;

    private final STRtree index = new STRtree();

    /** Shapes without an area leave room for everything. */
    public KeptShapes(Collection<Geometry> kept) {
        kept.stream()
                .map(shape -> shape.isValid() ? shape : shape.buffer(0))
                .filter(shape -> shape instanceof Polygonal && shape.getArea() > 0)
                .forEach(shape -> index.insert(shape.getEnvelopeInternal(), shape));
        index.build();
    }

    /**
     * What is left of a new object. All of a class may have many pieces, of which only those at a kept shape are left out.
     */
    public Optional<FoundObject> free(FoundObject found) {
        List<Polygon> pieces = new ArrayList<>();
        for (int i = 0; i < found.shape().getNumGeometries(); i++) {
            if (found.shape().getGeometryN(i) instanceof Polygon piece && !isTaken(piece)) {
                pieces.add(piece);
            }
        }
        if (pieces.size() == found.shape().getNumGeometries()) {
            return Optional.of(found);
        }
        return pieces.isEmpty() ? Optional.empty() : Optional.of(reduced(found, pieces));
    }

    private boolean isTaken(Polygon piece) {
        List<?> near = index.query(piece.getEnvelopeInternal());
        return near.stream().map(Geometry.class::cast).anyMatch(kept -> isSame(piece, kept));
    }

    private static boolean isSame(Polygon piece, Geometry kept) {
        return piece.intersection(kept).getArea() >= SAME * Math.min(piece.getArea(), kept.getArea());
    }

    /** The mean probability was that of all pieces. */
    private static FoundObject reduced(FoundObject found, List<Polygon> pieces) {
        MultiPolygon many = found.shape().getFactory().createMultiPolygon(pieces.toArray(Polygon[]::new));
        Geometry rest = pieces.size() == 1 ? pieces.get(0) : many;
        Map<String, Double> measurements = new LinkedHashMap<>(found.measurements());
        measurements.remove(ObjectsOfResult.PROBABILITY);
        double part = rest.getArea() / found.shape().getArea();
        measurements.replaceAll((name, area) -> area * part);
        return new FoundObject(rest, found.kind(), measurements);
    }
}
