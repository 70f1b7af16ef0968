package io.github.transfuse.slide;

import io.github.transfuse.training.ClassList;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * An annotation with a class: a region that is to be learned, or something in it.
 *
 * @param kind name of the class, as a list of classes can hold it
 * @param color of the class, 0xRRGGBB
 * @param shape in pixels of the slide
 * @param plane on which it lies
 */
public record Drawing(String kind, int color, Geometry shape, RegionReader.Plane plane) {
    private static final String TRAINING = "Training";
    private static final String VALIDATION = "Validation";
    private static final String BACKGROUND = "Background";

    /** QuPath's mark of classes that are to be ignored. */
    private static final String IGNORED = "*";

    /** Cleans the name. */
    public Drawing {
        kind = ClassList.plain(kind);
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
