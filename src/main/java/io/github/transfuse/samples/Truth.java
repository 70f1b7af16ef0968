package io.github.transfuse.samples;

/**
 * A mask at its stored size, as class indices.
 *
 * @param height in pixels
 * @param width in pixels
 * @param classes [(D,) H, W]; 0 background; {@link Example#IGNORED} is left out
 */
public record Truth(int height, int width, byte[] classes) {}
