package io.github.transfuse.archfixtures.progress;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.files.Offender forbidden = null;

    Object shape(org.locationtech.jts.geom.Geometry shape) {
        return shape;
    }
}
