package io.github.transfuse.archfixtures.model;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.image.Offender forbidden = null;

    Object plot(org.jfree.data.xy.XYSeries series) {
        return series;
    }
}
