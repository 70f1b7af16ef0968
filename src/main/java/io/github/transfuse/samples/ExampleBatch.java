package io.github.transfuse.samples;

import java.util.Arrays;

/**
 * Augmented examples, side by side.
 *
 * @param shape number of examples B, channels C, (slices D,) height H, width W
 * @param images [B, C, (D,) H, W] in {@link Units}
 * @param targets [B, (D,) H, W]: in [0, 1] for a soft foreground, otherwise class indices; negative: left out of the loss
 */
public record ExampleBatch(int[] shape, float[] images, float[] targets) {

    /** Number of examples. */
    public int count() {
        return shape[0];
    }

    /** Some of the examples: {@code from} to {@code to - 1}. */
    public ExampleBatch part(int from, int to) {
        int image = images.length / count();
        int target = targets.length / count();
        int[] partShape = shape.clone();
        partShape[0] = to - from;
        return new ExampleBatch(
                partShape,
                Arrays.copyOfRange(images, from * image, to * image),
                Arrays.copyOfRange(targets, from * target, to * target));
    }

    /** Whether any pixel is left out of the loss. */
    public boolean hasIgnored() {
        for (float value : targets) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }
}
