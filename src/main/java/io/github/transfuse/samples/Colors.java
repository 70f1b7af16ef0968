package io.github.transfuse.samples;

import java.util.SplittableRandom;

/**
 * Brightness, contrast and saturation.
 *
 * @param image [C, H, W]
 * @param channels C
 * @param bounded whether values stay in [0, 1]
 */
record Colors(float[] image, int channels, boolean bounded) {

    private static final double MAX_CHANGE = 0.2;

    /** Changes each in turn by up to 20 %. */
    void jitter(SplittableRandom random) {
        float brightness = (float) (1 + Augmenter.symmetric(random, MAX_CHANGE));
        float contrast = (float) (1 + Augmenter.symmetric(random, MAX_CHANGE));
        float saturation = (float) (1 + Augmenter.symmetric(random, MAX_CHANGE));
        double sum = 0;
        for (int i = 0; i < image.length; i++) {
            image[i] = clip(image[i] * brightness);
            sum += image[i];
        }
        float mean = (float) (sum / image.length);
        int plane = image.length / channels;
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

    private float clip(float value) {
        return bounded ? Math.min(1, Math.max(0, value)) : value;
    }
}
