package io.github.transfuse.labels;

import io.github.transfuse.labels.Outlines.Ring;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/**
 * A part of a label along pixel edges. No ring touches itself, and holes touch other rings at single corners at most, as
 * programs for geometry want them.
 *
 * @param outer around it
 * @param holes in it
 */
public record Polygon(Ring outer, List<Ring> holes) {
    private static final double PIXEL_CENTRE = 0.5;

    /**
     * The polygons of each label of a plane; pixels that meet at a corner only are different parts.
     *
     * @param labels 0 = background, two axes
     * @throws IllegalArgumentException if there are not two axes
     */
    public static SortedMap<Long, List<Polygon>> of(RandomAccessibleInterval<? extends IntegerType<?>> labels) {
        SortedMap<Long, List<Ring>> rings = new TreeMap<>();
        for (Ring ring : Outlines.trace(labels)) {
            rings.computeIfAbsent(ring.label(), label -> new ArrayList<>()).addAll(simple(ring));
        }
        SortedMap<Long, List<Polygon>> polygons = new TreeMap<>();
        rings.forEach((label, ofLabel) -> polygons.put(label, joined(ofLabel)));
        return polygons;
    }

    private record Corner(long x, long y) {}

    /** Where a corner comes again, what lies between is a ring of its own. */
    private static List<Ring> simple(Ring ring) {
        List<Ring> simple = new ArrayList<>();
        List<Corner> path = new ArrayList<>();
        Map<Corner, Integer> places = new HashMap<>();
        for (int i = 0; i < ring.x().length; i++) {
            Corner corner = new Corner(ring.x()[i], ring.y()[i]);
            Integer before = places.get(corner);
            if (before != null) {
                List<Corner> loop = path.subList(before, path.size());
                simple.add(ring(ring.label(), loop));
                loop.forEach(places::remove);
                loop.clear();
            }
            places.put(corner, path.size());
            path.add(corner);
        }
        simple.add(ring(ring.label(), path));
        return simple;
    }

    private static Ring ring(long label, List<Corner> corners) {
        long[] x = corners.stream().mapToLong(Corner::x).toArray();
        long[] y = corners.stream().mapToLong(Corner::y).toArray();
        return new Ring(label, x, y, RingTracer.signedArea(x, y) < 0);
    }

    /** Each hole belongs to the smallest ring around it. */
    private static List<Polygon> joined(List<Ring> rings) {
        List<Polygon> polygons = new ArrayList<>();
        rings.stream()
                .filter(ring -> !ring.hole())
                .forEach(outer -> polygons.add(new Polygon(outer, new ArrayList<>())));
        for (Ring hole : rings) {
            if (hole.hole()) {
                polygons.stream()
                        .filter(polygon -> isAround(polygon.outer, hole))
                        .min(Comparator.comparingDouble(
                                polygon -> RingTracer.signedArea(polygon.outer.x(), polygon.outer.y())))
                        .orElseThrow()
                        .holes
                        .add(hole);
            }
        }
        return polygons;
    }

    /** Whether the centre of a pixel at the hole's first edge is within the outer ring: both pixels there are. */
    private static boolean isAround(Ring outer, Ring hole) {
        double x = Math.min(hole.x()[0], hole.x()[1]) + PIXEL_CENTRE;
        double y = Math.min(hole.y()[0], hole.y()[1]) + PIXEL_CENTRE;
        boolean inside = false;
        for (int i = 0, j = outer.x().length - 1; i < outer.x().length; j = i++) {
            boolean beside = outer.x()[i] == outer.x()[j] && outer.x()[i] > x;
            inside ^= beside && (outer.y()[i] > y) != (outer.y()[j] > y);
        }
        return inside;
    }
}
