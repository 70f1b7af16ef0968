package io.github.transfuse.archfixtures.progress;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.files.Offender forbidden = null;
}
