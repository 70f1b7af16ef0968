package io.github.transfuse.archfixtures.inference;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.engine.Offender forbidden = null;
}
