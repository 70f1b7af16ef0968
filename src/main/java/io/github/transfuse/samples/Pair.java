package io.github.transfuse.samples;

import java.nio.file.Path;

/**
 * An image and its mask.
 *
 * @param stem file name of the image without its extension
 * @param image file
 * @param mask file
 */
public record Pair(String stem, Path image, Path mask) {}
