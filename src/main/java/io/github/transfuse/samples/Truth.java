package io.github.transfuse.samples;

/**
 * A mask at its stored size, as class indices.
 *
 * @param image stem of the file it belongs to: the slices of a stack share it
 * @param height in pixels
 * @param width in pixels
 * @param classes [(D,) H, W]; 0 background; {@link Example#IGNORED} is left out
 */
public record Truth(String image, int height, int width, byte[] classes) {

    /** Slices of a volume; 1 of an image. */
    public int depth() {
        return classes.length / (height * width);
    }
}
