/**
 * Objects to numbers: sizes, places, shapes and intensities, defined as ImageJ defines them.
 *
 * <p>Start reading at {@link io.github.transfuse.measure.MeasureTable}, the one table that all hosts show and write, then at
 * {@link io.github.transfuse.measure.ObjectMeasures}, which says what is measured.
 *
 * <p>Data in: ImgLib2 label images, 0 = background, with the axes x, y[, z][, time], and the image that they belong to with
 * its channels last. Data out: a row of numbers for each object. Memory grows with the objects, not with the image.
 */
package io.github.transfuse.measure;
