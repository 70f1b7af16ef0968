package io.github.transfuse.archfixtures.weights;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.model.Offender forbidden = null;
}
