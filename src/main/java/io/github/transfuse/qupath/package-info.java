/**
 * The QuPath extension: menus, dialogs, {@code TransFuseBuilder} for Groovy, and training sets from annotations.
 *
 * <p>Start reading at {@link io.github.transfuse.qupath.TransFuseBuilder} and then {@code SlideRun}, which needs nothing of
 * QuPath; for training sets at {@code TrainingSet}, which does not either. Only {@code ServerRegions},
 * {@code HierarchyObjects}, {@code TransFuseSegmenter}, {@code TrainingSetExport} and the commands call QuPath. Data in: regions of a slide, read block by block. Data out: annotations and detections with
 * measurements, a script in the workflow, or a folder of images and masks.
 */
package io.github.transfuse.qupath;
