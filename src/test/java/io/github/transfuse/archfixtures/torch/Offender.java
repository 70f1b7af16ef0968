package io.github.transfuse.archfixtures.torch;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.Offender forbidden = null;
}
