package io.github.transfuse.slide;

import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;

/** Puts together what persons drew and what programs found. */
public final class Drawings {
    /** Part of a detection that an annotation covers when both are the same thing. */
    private static final double SAME = 0.5;

    /** An annotation that is larger by this is something around the detection, such as a tissue. */
    private static final double AROUND = 4;

    private Drawings() {}

    /**
     * Leaves out what a program found where a person drew the same thing: the person is right.
     *
     * @param drawings of an image
     */
    public static List<Drawing> withoutTwins(List<Drawing> drawings) {
        STRtree persons = new STRtree();
        drawings.stream()
                .filter(drawing -> !drawing.isRegion() && drawing.maker() == Drawing.Maker.PERSON)
                .flatMap(drawing -> drawing.pieces().stream())
                .forEach(drawing -> persons.insert(drawing.shape().getEnvelopeInternal(), drawing));
        persons.build();
        return drawings.stream()
                .filter(drawing -> drawing.maker() == Drawing.Maker.PERSON || !isDrawn(drawing, persons))
                .toList();
    }

    private static boolean isDrawn(Drawing found, STRtree persons) {
        List<?> near = persons.query(found.shape().getEnvelopeInternal());
        double covered = near.stream()
                .map(Drawing.class::cast)
                .filter(drawn -> drawn.plane().equals(found.plane()))
                .map(Drawing::shape)
                .filter(shape -> shape.getArea() <= AROUND * found.shape().getArea())
                .mapToDouble(shape -> common(shape, found.shape()))
                .sum();
        return covered >= SAME * found.shape().getArea();
    }

    private static double common(Geometry a, Geometry b) {
        return valid(a).intersection(valid(b)).getArea();
    }

    private static Geometry valid(Geometry shape) {
        return shape.isValid() ? shape : shape.buffer(0);
    }
}
