package io.github.transfuse.slide;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;

/** How far a part of a plane is known as well as in the whole plane, and which objects reach further. */
final class Horizon {
    private final WantedShape wanted;
    private final Envelope core;
    private final Envelope known;
    private final WantedShape.Surroundings near;
    private final double pixel;

    /**
     * The horizon of a part.
     *
     * @param subject what is segmented
     * @param parts of the plane
     * @param core of the part
     * @param halo pixels around what is wanted, and around the core, that are known
     */
    Horizon(RegionRun.Subject subject, SlideParts parts, SlideParts.Area core, long halo) {
        TracedShapes shapes = subject.shapes();
        this.wanted = subject.wanted();
        this.core = shapes.envelope(core);
        this.known = known(shapes, parts, parts.around(core, halo));
        this.pixel = Math.max(shapes.scaleX(), shapes.scaleY());
        this.near = wanted.within((halo - 1) * Math.min(shapes.scaleX(), shapes.scaleY()));
    }

    /** A shape in it does not touch an end of what is known, unless the plane ends there too. */
    private static Envelope known(TracedShapes shapes, SlideParts parts, SlideParts.Area known) {
        double all = Double.MAX_VALUE;
        return new Envelope(
                known.x().min() > 0 ? shapes.slideX(known.x().min() + 1) : -all,
                known.x().max() < parts.width() ? shapes.slideX(known.x().max() - 1) : all,
                known.y().min() > 0 ? shapes.slideY(known.y().min() + 1) : -all,
                known.y().max() < parts.height() ? shapes.slideY(known.y().max() - 1) : all);
    }

    /** Whether a shape that may be wanted reaches beyond. */
    boolean isCut(Envelope shape) {
        return isWanted(shape) && reachesBeyond(shape);
    }

    private boolean isWanted(Envelope shape) {
        return core.intersects(shape) && wanted.touches(shape);
    }

    private boolean reachesBeyond(Envelope shape) {
        return !(known.contains(shape) && near.hold(shape));
    }

    /**
     * How many shapes that may be wanted reach beyond, or are not sure to end where they do.
     *
     * @param touching whether to count also those that touch a shape which reaches beyond: it took pixels from them, or left
     *     some to them, that it might not
     */
    long countUncertain(Collection<Geometry> shapes, boolean touching) {
        List<Geometry> inside = new ArrayList<>();
        STRtree beyond = new STRtree();
        long count = 0;
        for (Geometry shape : shapes) {
            Envelope box = shape.getEnvelopeInternal();
            if (reachesBeyond(box)) {
                beyond.insert(box, shape);
                count += isWanted(box) ? 1 : 0;
            } else if (isWanted(box)) {
                inside.add(shape);
            }
        }
        return touching && count == 0
                ? inside.stream().filter(shape -> touches(shape, beyond)).count()
                : count;
    }

    private boolean touches(Geometry shape, STRtree beyond) {
        Envelope box = shape.getEnvelopeInternal();
        box.expandBy(pixel);
        List<?> near = beyond.query(box);
        return near.stream().map(Geometry.class::cast).anyMatch(other -> other.isWithinDistance(shape, pixel));
    }
}
