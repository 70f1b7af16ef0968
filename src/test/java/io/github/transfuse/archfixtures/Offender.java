package io.github.transfuse.archfixtures;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.view.Offender forbidden = null;

    /** A mutable field that anyone can set. */
    int count;
}
