package io.github.transfuse.samples;

/**
 * An image and its target, of one size: that of the network's input, or for tiles that of the whole image.
 *
 * @param stem name
 * @param image stored values
 * @param units how they are scaled
 * @param target [H, W], see {@link Targets}
 */
public record Example(String stem, Picture image, Units units, byte[] target) {

    /** Target value of pixels that are left out of the loss. */
    public static final int IGNORED = 255;

    /** Target value of certain foreground where targets are soft; 0 is certain background. */
    public static final int FOREGROUND = 254;

    /** Rows. */
    public int height() {
        return image.height();
    }

    /** Columns. */
    public int width() {
        return image.width();
    }

    /** Number of channels. */
    public int channels() {
        return image.channels();
    }
}
