package io.github.transfuse.model;

import java.util.List;

/**
 * How pixel values become network inputs: {@code (value * scale - mean[c]) / std[c]}, where the numbers are either fixed
 * or fitted to the whole image, never to a tile.
 *
 * @param kind where the numbers come from
 * @param mean per channel for {@link Kind#FIXED}; after percentile fitting applied on top when not empty
 * @param std per channel, as mean
 * @param low lower percentile in [0, 100) for {@link Kind#PERCENTILE}, lowest value for {@link Kind#WINDOW}
 * @param high upper percentile in (low, 100] for {@link Kind#PERCENTILE}, highest value for {@link Kind#WINDOW}
 */
public record Normalization(Kind kind, List<Double> mean, List<Double> std, double low, double high) {

    /** Where the numbers come from. */
    public enum Kind {
        /** 8-bit values are divided by 255, 16-bit values by 65,535, floats taken as they are; then mean and std. */
        FIXED,
        /** Per channel, the low percentile of the image goes to 0 and the high one to 1; then mean and std. */
        PERCENTILE,
        /** Per channel, the image's mean goes to 0 and its standard deviation to 1. */
        ZSCORE,
        /** Values below {@code low} or above {@code high} are cut to these, which go to 0 and 1; then mean and std. */
        WINDOW
    }

    /** Values in [0, 1] with the statistics of ImageNet, for RGB images. */
    public static final Normalization IMAGENET =
            new Normalization(Kind.FIXED, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), 0, 100);

    /** Copies the lists. */
    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }
}
