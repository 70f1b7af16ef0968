package io.github.transfuse.archfixtures;

/** Breaks the rules of its package on purpose. */
public class Offender {
    private static final int MOST_PARTS = 2;
    final io.github.transfuse.archfixtures.view.Offender forbidden = null;

    /** A mutable field that anyone can set. */
    int count = MOST_PARTS;
}
