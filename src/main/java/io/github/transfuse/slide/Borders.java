package io.github.transfuse.slide;

import java.util.Locale;
import org.locationtech.jts.geom.Geometry;

/** What becomes of objects that cross the outline of an annotation. */
enum Borders {
    /** Instances stay whole; classes end at the outline. */
    WHOLE,
    /** They end at the outline. */
    CONSTRAIN_TO_PARENT,
    /** They are left out; so is what touches the end of the image. */
    EXCLUDE_EDGES;

    /** As the setting {@code borders} says. */
    static Borders of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /**
     * What is kept of an object.
     *
     * @param shape of the object, or of all of a class
     * @param wanted what is asked for
     * @param ofClass whether it is all of a class
     */
    Geometry kept(Geometry shape, WantedShape wanted, boolean ofClass) {
        return switch (this) {
            case WHOLE -> ofClass ? wanted.clipped(shape) : shape;
            case CONSTRAIN_TO_PARENT -> wanted.clipped(shape);
            case EXCLUDE_EDGES -> wanted.awayFromBorders(ofClass ? wanted.clipped(shape) : shape);
        };
    }
}
