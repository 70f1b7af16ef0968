package io.github.transfuse.slide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.locationtech.jts.algorithm.Area;
import org.locationtech.jts.geom.Coordinate;

/** Cuts rings along pixel edges that touch themselves at corners into simple rings, as JTS wants them. */
final class SimpleRings {
    private SimpleRings() {}

    /** The simple rings of a closed ring: where a corner comes again, what lies between is a ring of its own. */
    static List<Coordinate[]> of(Coordinate[] closed) {
        List<Coordinate[]> rings = new ArrayList<>();
        Deque<Coordinate> path = new ArrayDeque<>();
        Set<Coordinate> onPath = new HashSet<>();
        for (Coordinate corner : closed) {
            if (onPath.contains(corner)) {
                rings.add(cut(path, onPath, corner));
            }
            path.addLast(corner);
            onPath.add(corner);
        }
        return rings;
    }

    private static Coordinate[] cut(Deque<Coordinate> path, Set<Coordinate> onPath, Coordinate corner) {
        Deque<Coordinate> loop = new ArrayDeque<>();
        loop.addFirst(corner.copy());
        Coordinate last;
        do {
            last = path.removeLast();
            onPath.remove(last);
            loop.addFirst(last);
        } while (!last.equals2D(corner));
        return loop.toArray(Coordinate[]::new);
    }

    /** Whether the object is on the outer side: rings have it on their right hand, y pointing down. */
    static boolean isHole(Coordinate[] ring) {
        // JTS takes y as pointing up, so that its sign for clockwise is the other way round
        return Area.ofRingSigned(ring) > 0;
    }

    /** A point just inside, beside the middle of the first edge. */
    static Coordinate pointInside(Coordinate[] ring) {
        Coordinate a = ring[0];
        Coordinate b = ring[1];
        double dx = b.x - a.x;
        double dy = b.y - a.y;
        // a quarter of the edge is less than a pixel only for edges of up to four pixels; keep it below half a pixel
        double step = 0.25 * shortestEdge(ring) / Math.hypot(dx, dy);
        double side = Area.ofRingSigned(ring) > 0 ? 1 : -1;
        // the inside is on the right of a ring that is clockwise to JTS
        return new Coordinate((a.x + b.x) / 2 + side * dy * step, (a.y + b.y) / 2 - side * dx * step);
    }

    private static double shortestEdge(Coordinate[] ring) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < ring.length; i++) {
            shortest = Math.min(shortest, ring[i].distance(ring[i - 1]));
        }
        return shortest;
    }
}
