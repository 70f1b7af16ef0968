/**
 * The ImageJ and Fiji host: menu commands, macros and scripts.
 *
 * <p>Menu and macros start the {@code PlugIn}s of {@code plugins.config} ({@link io.github.transfuse.imagej.SegmentPlugIn},
 * {@link io.github.transfuse.imagej.TrainPlugIn}, {@link io.github.transfuse.imagej.EvaluatePlugIn}), in plain ImageJ and in
 * Fiji: they run on the thread that asks for them. Scripts in Fiji may also run the SciJava commands ({@link
 * io.github.transfuse.imagej.SegmentCommand}, {@link io.github.transfuse.imagej.TrainCommand}, {@link
 * io.github.transfuse.imagej.EvaluateCommand}), which have no menu: SciJava runs them on a thread of its pool, where the active
 * image may be another. Both read the same keys, from the table of settings, and do the same work: start reading at {@code
 * SegmentJob}. Plain ImageJ has no SciJava, so only classes named {@code ...Command} may refer to it. {@link
 * io.github.transfuse.imagej.MacroApi} is for macros in plain ImageJ without a display.
 *
 * <p>Data in: the active image or one named by {@code input}, and settings. Data out: a label image with calibration,
 * colours and provenance, on request a probability image, an overlay and files.
 */
package io.github.transfuse.imagej;
