package io.github.transfuse.archfixtures.labels;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.metrics.Offender forbidden = null;

    Object open(ij.ImagePlus image) {
        return image;
    }
}
