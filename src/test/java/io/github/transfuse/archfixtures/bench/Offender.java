package io.github.transfuse.archfixtures.bench;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.batch.Offender forbidden = null;
}
