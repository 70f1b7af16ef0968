/**
 * From what a network says to objects: logits or probabilities to classes, classes to connected components or touching
 * instances, and those cleaned, coloured and outlined.
 *
 * <p>Start reading at {@link io.github.transfuse.labels.ClassMap}, then
 * {@link io.github.transfuse.labels.ConnectedComponents} and {@link io.github.transfuse.labels.LabelCleaning};
 * {@link io.github.transfuse.labels.BoundaryInstances} is the other road, for objects that touch.
 *
 * <p>Data in: rows of logits {@code [class][x]}, or ImgLib2 images with the class as last axis. Data out: ImgLib2
 * label images, 0 = background, n-dimensional (x, y[, z]). Pure Java, no hosts, no files. Images may have more than
 * 2^31 pixels, labels go up to 2^31 - 1.
 */
package io.github.transfuse.labels;
