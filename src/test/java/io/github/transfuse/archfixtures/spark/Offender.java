package io.github.transfuse.archfixtures.spark;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.cli.Offender forbidden = null;
}
