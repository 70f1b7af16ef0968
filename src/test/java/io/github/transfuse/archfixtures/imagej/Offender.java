package io.github.transfuse.archfixtures.imagej;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.qupath.Offender forbidden = null;
}
