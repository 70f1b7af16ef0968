package io.github.transfuse.archfixtures.evaluation;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.network.Offender forbidden = null;
}
