/**
 * The ImageJ and Fiji host: menu commands, macros and scripts.
 *
 * <p>Every command exists twice under one label and menu path: as a SciJava command, which Fiji shows
 * ({@link io.github.transfuse.imagej.SegmentCommand}, {@link io.github.transfuse.imagej.TrainCommand},
 * {@link io.github.transfuse.imagej.EvaluateCommand}), and as a {@code PlugIn} for plain ImageJ, listed in {@code
 * plugins.config} ({@link io.github.transfuse.imagej.SegmentPlugIn}, {@link io.github.transfuse.imagej.TrainPlugIn},
 * {@link io.github.transfuse.imagej.EvaluatePlugIn}). Both read the same macro keys, from the table of settings, and do the
 * same work: start reading at {@code SegmentJob}. Plain ImageJ has no SciJava, so only classes named {@code ...Command}
 * may refer to it. {@link io.github.transfuse.imagej.MacroApi} is for macros in plain ImageJ without a display.
 *
 * <p>Data in: the active image or one named by {@code input}, and settings. Data out: a label image with calibration,
 * colours and provenance, on request a probability image, an overlay and files.
 */
package io.github.transfuse.imagej;
