package io.github.transfuse.samples;

/**
 * An image and its target at the size of the network's input, in one byte a value.
 *
 * @param stem name
 * @param height in pixels
 * @param width in pixels
 * @param image planar values 0..255, [C, H, W]
 * @param target [H, W]: 0..255 for a soft foreground, or class indices; {@link #IGNORED} is left out of the loss
 */
public record Example(String stem, int height, int width, byte[] image, byte[] target) {

    /** Class index of pixels that are left out of the loss. */
    public static final int IGNORED = 255;

    /** Number of channels. */
    public int channels() {
        return image.length / (height * width);
    }
}
