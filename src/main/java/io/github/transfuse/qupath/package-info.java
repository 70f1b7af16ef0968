/**
 * The QuPath extension: menus, dialogs, {@code TransFuseBuilder} for Groovy, and training sets from annotations.
 *
 * <p>Start reading at {@link io.github.transfuse.qupath.TransFuseBuilder} and {@link
 * io.github.transfuse.qupath.TransFuseSegmenter}. What needs nothing of QuPath lives in {@link io.github.transfuse.slide}.
 * Data in: regions of a slide, read block by block. Data out: annotations and detections with measurements, a script in the
 * workflow, or a folder of images and masks.
 */
package io.github.transfuse.qupath;
