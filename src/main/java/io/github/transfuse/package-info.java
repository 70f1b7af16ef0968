/**
 * TransFuse: segment and train images with a parallel CNN and Transformer. This package is the door and nothing else.
 *
 * <p>Start reading at {@link io.github.transfuse.TransFuse}, the facade that scripts, menu commands and the command line
 * all go through; {@link io.github.transfuse.batch.BatchRun} does the same for folders of files. The road of a pixel:
 * {@link io.github.transfuse.inference.Preparation} (checks, channels, normalisation), {@link
 * io.github.transfuse.inference.Inference} (resizing or tiles, the network, logits), {@link
 * io.github.transfuse.segmentation.Segmenter} (planes, classes, objects), {@link io.github.transfuse.Segmentation}.
 * {@link io.github.transfuse.settings.SettingSpec} is the only table of parameters. Data in: ImgLib2 images or files, and
 * settings. Data out: label images with their provenance, or a model folder.
 */
package io.github.transfuse;
