package io.github.transfuse.archfixtures.cli;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.imagej.Offender forbidden = null;
}
