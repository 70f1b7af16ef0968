/**
 * Whole slides and training sets from drawings, for any viewer of slides: regions are read, segmented part by part, traced
 * to shapes and joined; drawings become images and masks. It needs shapes of JTS, but nothing of QuPath.
 *
 * <p>Start reading at {@link io.github.transfuse.slide.SlideRun}; for training sets at {@link
 * io.github.transfuse.slide.TrainingSet}. A {@link io.github.transfuse.slide.RegionReader} stands for the slide. Data in:
 * regions of a slide, read block by block, and drawings. Data out: found objects, or a folder of images and masks.
 */
package io.github.transfuse.slide;
