package io.github.transfuse.network;

/**
 * Which network the weights fit.
 *
 * @param variant row of numbers, with the grid of the stored position table
 * @param channels input channels
 * @param classes output channels: 1 for a foreground probability (sigmoid), otherwise classes including the background
 *     (softmax)
 * @param alignCorners whether the three final upsamplings align corners: true for everything trained here; false for
 *     weights trained by the authors' code before August 2022
 */
public record NetworkSpec(Variant variant, int channels, int classes, boolean alignCorners) {
    /** Checks the numbers. */
    public NetworkSpec {
        if (channels < 1 || classes < 1) {
            throw new IllegalArgumentException(
                    "A network needs at least one channel and one class, not " + channels + " and " + classes + ".");
        }
    }
}
