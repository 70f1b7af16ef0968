/**
 * How well a segmentation agrees with the truth.
 *
 * <p>Start reading at {@link io.github.transfuse.metrics.Scores}: all measures of one class of one image.
 * {@link io.github.transfuse.metrics.Confusion} counts pixels, {@link io.github.transfuse.metrics.SurfaceDistances}
 * measures how far borders lie apart, {@link io.github.transfuse.metrics.ObjectMatching} compares instances, and
 * {@link io.github.transfuse.metrics.Summary} says mean and spread over images.
 *
 * <p>Data in: prediction and truth as ImgLib2 integer images of the same size, n-dimensional, and the length of a pixel
 * along each axis. Data out: numbers. Empty images: both empty is perfect agreement (overlap 1, distance 0); one empty
 * is none (overlap 0), and a distance to nothing is NaN.
 */
package io.github.transfuse.metrics;
