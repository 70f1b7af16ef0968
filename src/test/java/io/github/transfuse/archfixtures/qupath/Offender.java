package io.github.transfuse.archfixtures.qupath;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.cli.Offender forbidden = null;

    Object context(org.scijava.Context context) {
        return context;
    }
}
