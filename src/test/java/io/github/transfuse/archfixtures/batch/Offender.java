package io.github.transfuse.archfixtures.batch;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.evaluation.Offender forbidden = null;
}
