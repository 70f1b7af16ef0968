/**
 * Pixels in and out: files, axes, calibration, channels, normalisation and resampling. All of it is n-dimensional.
 *
 * <p>Start reading at {@link io.github.transfuse.image.CalibratedImage}, which everything here takes or gives. The road
 * of a pixel: {@link io.github.transfuse.image.ImageFiles} or {@link io.github.transfuse.image.ImagePlusImages} to
 * {@link io.github.transfuse.image.PixelChecks} to {@link io.github.transfuse.image.Channels} to
 * {@link io.github.transfuse.image.Resampler} to {@link io.github.transfuse.image.Normalizer}. Data in: image files and
 * ImageJ's images. Data out: ImgLib2 images, float arrays for the network, and files that appear complete or not at all
 * ({@link io.github.transfuse.image.ResultFiles}).
 * What cannot be read is refused with an {@link io.github.transfuse.image.UnsupportedImageException}, and no ImageJ
 * dialog is ever opened.
 */
package io.github.transfuse.image;
