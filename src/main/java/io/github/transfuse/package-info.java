/**
 * TransFuse: segment and train images with a parallel CNN and Transformer.
 *
 * <p>Start reading at {@link io.github.transfuse.TransFuse}, the facade that scripts, menu commands and the command line
 * all go through; {@link io.github.transfuse.batch.BatchRun} does the same for folders of files. The road of a pixel:
 * {@code Preparation} (checks, channels, normalisation) -> {@code Inference} (resizing or tiles, the network, logits) ->
 * {@code Segmenter} (planes, classes, objects) -> {@link io.github.transfuse.Segmentation}.
 * {@link io.github.transfuse.settings.SettingSpec} is the only table of parameters, and {@link io.github.transfuse.settings.Settings} are
 * values for it. Data in: ImgLib2 images or files, and settings. Data out: label images with their provenance, or a
 * model folder.
 */
package io.github.transfuse;
