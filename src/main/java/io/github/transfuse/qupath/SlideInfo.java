package io.github.transfuse.qupath;

import java.util.OptionalDouble;

/**
 * What is known of a slide before its pixels are read.
 *
 * @param name as shown
 * @param width of the full resolution, in pixels
 * @param height of the full resolution, in pixels
 * @param channels number of them; 3 for RGB
 * @param rgb whether it is a colour image, bright where there is nothing
 * @param micronsPerPixel at full resolution, mean of both axes; empty if not calibrated
 */
record SlideInfo(String name, int width, int height, int channels, boolean rgb, OptionalDouble micronsPerPixel) {}
