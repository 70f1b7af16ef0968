package io.github.transfuse.archfixtures.network;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.model.Offender forbidden = null;
}
