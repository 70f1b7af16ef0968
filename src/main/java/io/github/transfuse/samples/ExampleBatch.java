package io.github.transfuse.samples;

/**
 * Augmented examples, side by side.
 *
 * @param count number of examples B
 * @param images [B, C, H, W] in [0, 1], not yet normalised
 * @param targets [B, H, W]: in [0, 1] for a soft foreground, otherwise class indices
 */
public record ExampleBatch(int count, float[] images, float[] targets) {}
