package io.github.transfuse.samples;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.model.Normalization;

/**
 * Brings the stored values of one image into the units that are augmented: [0, 1] for the black and white of a fixed
 * normalisation, 0 and 1 at the percentiles, or standard deviations from the mean. The mean and deviation of the model
 * come on top, the same for all images; see {@link #top}.
 *
 * @param gain per channel
 * @param offset per channel, added after the gain
 */
public record Units(float[] gain, float[] offset) {

    /** What is left of the numbers fitted to an image when the model's own mean and deviation are taken off. */
    static Units of(Normalization rule, FittedNormalization fitted) {
        int channels = fitted.channels();
        Top top = top(rule, channels);
        float[] gain = new float[channels];
        float[] offset = new float[channels];
        for (int c = 0; c < channels; c++) {
            double std = fitted.std().get(c) / top.std()[c];
            gain[c] = (float) (fitted.scale().get(c) / std);
            offset[c] = (float) ((top.mean()[c] - fitted.mean().get(c)) / std);
            // Zero for a fixed rule, but for rounding
            offset[c] = rule.kind() == Normalization.Kind.FIXED ? 0 : offset[c];
        }
        return new Units(gain, offset);
    }

    /**
     * The mean and deviation that a model's rule has for all images.
     *
     * @param mean per channel
     * @param std per channel
     */
    public record Top(float[] mean, float[] std) {}

    /** The numbers of a rule for so many channels; 0 and 1 where it has none. */
    public static Top top(Normalization rule, int channels) {
        float[] mean = new float[channels];
        float[] std = new float[channels];
        boolean none = rule.mean().isEmpty() || rule.kind() == Normalization.Kind.ZSCORE;
        for (int c = 0; c < channels; c++) {
            mean[c] = none ? 0 : rule.mean().get(c % rule.mean().size()).floatValue();
            std[c] = none ? 1 : rule.std().get(c % rule.std().size()).floatValue();
        }
        return new Top(mean, std);
    }
}
