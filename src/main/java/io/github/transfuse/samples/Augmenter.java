package io.github.transfuse.samples;

import java.util.Set;
import java.util.SplittableRandom;

/**
 * Varies examples as the reference recipe does: shift, scale and rotate together, then colours, then flips. The same
 * seed gives the same variation on any number of threads.
 */
public final class Augmenter {

    /** Horizontal and vertical mirror images, each with probability 0.5. */
    public static final String FLIP = "flip";

    /** Rotation up to 25 degrees, scaling up to 15 % and shift up to 10 %, with probability 0.7. */
    public static final String ROTATE = "rotate";

    /** Brightness, contrast, saturation by up to 20 %, with probability 0.5. */
    public static final String COLOR = "color";

    private static final double WARP_PROBABILITY = 0.7;
    private static final double MAX_ANGLE = Math.toRadians(25);
    private static final double MAX_SCALE = 0.15;
    private static final double MAX_SHIFT = 0.10;
    private static final double MAX_COLOR = 0.2;

    private final Set<String> switches;
    private final boolean softTarget;

    /**
     * An augmenter.
     *
     * @param switches which variations are on
     * @param softTarget whether targets are soft foregrounds, interpolated, or class indices, taken from the nearest
     */
    public Augmenter(Set<String> switches, boolean softTarget) {
        this.switches = Set.copyOf(switches);
        this.softTarget = softTarget;
    }

    /**
     * Varies an example into float buffers.
     *
     * @param image receives [C, H, W] in [0, 1]
     * @param target receives [H, W]: in [0, 1] for a soft foreground, otherwise class indices
     */
    public void apply(Example example, long seed, float[] image, float[] target) {
        SplittableRandom random = new SplittableRandom(seed);
        Warp warp = warp(random, example.height(), example.width());
        warp.image(example, image);
        warp.target(example, target, softTarget);
        if (switches.contains(COLOR) && random.nextDouble() < 0.5) {
            jitter(random, image, example.channels(), example.height() * example.width());
        }
    }

    private Warp warp(SplittableRandom random, int height, int width) {
        boolean moves = switches.contains(ROTATE) && random.nextDouble() < WARP_PROBABILITY;
        double angle = moves ? symmetric(random, MAX_ANGLE) : 0;
        double scale = moves ? 1 + symmetric(random, MAX_SCALE) : 1;
        double shiftX = moves ? symmetric(random, MAX_SHIFT) * width : 0;
        double shiftY = moves ? symmetric(random, MAX_SHIFT) * height : 0;
        boolean flips = switches.contains(FLIP);
        double mirrorX = flips && random.nextBoolean() ? -1 : 1;
        double mirrorY = flips && random.nextBoolean() ? -1 : 1;
        return Warp.of(angle, scale, new double[] {shiftX, shiftY}, new double[] {mirrorX, mirrorY});
    }

    private static double symmetric(SplittableRandom random, double bound) {
        return (2 * random.nextDouble() - 1) * bound;
    }

    /** Brightness, contrast and saturation in turn, each clipped to [0, 1]. */
    private static void jitter(SplittableRandom random, float[] image, int channels, int plane) {
        float brightness = (float) (1 + symmetric(random, MAX_COLOR));
        float contrast = (float) (1 + symmetric(random, MAX_COLOR));
        float saturation = (float) (1 + symmetric(random, MAX_COLOR));
        double sum = 0;
        for (int i = 0; i < image.length; i++) {
            image[i] = clip(image[i] * brightness);
            sum += image[i];
        }
        float mean = (float) (sum / image.length);
        for (int i = 0; i < plane; i++) {
            float grey = 0;
            for (int c = 0; c < channels; c++) {
                int at = c * plane + i;
                image[at] = clip(mean + (image[at] - mean) * contrast);
                grey += image[at] / channels;
            }
            for (int c = 0; c < channels; c++) {
                int at = c * plane + i;
                image[at] = clip(grey + (image[at] - grey) * saturation);
            }
        }
    }

    private static float clip(float value) {
        return Math.min(1, Math.max(0, value));
    }
}
