package io.github.transfuse.archfixtures.dicom;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.image.Offender forbidden = null;
}
