/** Pixels in and out: files, axes, calibration, normalisation and resampling. */
package io.github.transfuse.image;
