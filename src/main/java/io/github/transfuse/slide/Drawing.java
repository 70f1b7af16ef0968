package io.github.transfuse.slide;

import io.github.transfuse.training.ClassList;
import java.util.List;
import java.util.stream.IntStream;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * An annotation with a class: a region that is to be learned, or something in it.
 *
 * @param kind name of the class, as a list of classes can hold it
 * @param color of the class, 0xRRGGBB
 * @param shape in pixels of the slide
 * @param plane on which it lies
 * @param maker who made it
 */
public record Drawing(String kind, int color, Geometry shape, RegionReader.Plane plane, Maker maker) {
    private static final String TRAINING = "Training";
    private static final String VALIDATION = "Validation";
    /** Of the class that marks what is nothing else. */
    static final String BACKGROUND = "Background";

    /** QuPath's mark of classes that are to be ignored. */
    private static final String IGNORED = "*";

    /** Who made a drawing. */
    public enum Maker {
        /** A person, as an annotation. */
        PERSON,
        /** A program, as a detection, which a person corrected. */
        CORRECTED,
        /** A program, as a detection. */
        PROGRAM
    }

    /** Cleans the name. */
    public Drawing {
        kind = ClassList.plain(kind);
    }

    /** Drawn by a person. */
    public Drawing(String kind, int color, Geometry shape, RegionReader.Plane plane) {
        this(kind, color, shape, plane, Maker.PERSON);
    }

    /** The same of another shape. */
    Drawing of(Geometry other) {
        return new Drawing(kind, color, other, plane, maker);
    }

    /** A part of a region that judges, instead of being learned. */
    Drawing judging(Geometry part) {
        return new Drawing(VALIDATION, color, part, plane, maker);
    }

    /** Its connected pieces. */
    List<Drawing> pieces() {
        return IntStream.range(0, shape.getNumGeometries())
                .mapToObj(i -> of(shape.getGeometryN(i)))
                .toList();
    }

    /** Longest side of the rectangle around it, in pixels of the slide. */
    double length() {
        Envelope box = shape.getEnvelopeInternal();
        return Math.max(box.getWidth(), box.getHeight());
    }

    /** Whether it says where is learned, not what. */
    public boolean isRegion() {
        return kind.equals(TRAINING) || isValidation();
    }

    /** Whether it is a region by which trainings are judged. */
    boolean isValidation() {
        return kind.equals(VALIDATION);
    }

    /** Whether it marks background in regions that are not annotated everywhere. */
    boolean isBackground() {
        return kind.equals(BACKGROUND);
    }

    /** Whether it is something that training leaves out. */
    boolean isIgnored() {
        return kind.endsWith(IGNORED);
    }

    /** Whether any of it may lie in a part of the slide. */
    boolean touches(SlideRegion part) {
        Envelope common = shape.getEnvelopeInternal().intersection(part.envelope());
        return plane.equals(part.plane()) && common.getArea() > 0;
    }
}
