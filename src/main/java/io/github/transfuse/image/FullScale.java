package io.github.transfuse.image;

import java.util.Optional;
import java.util.function.Supplier;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/**
 * Which values of an image are black and white, for models that see the full scale. Of 8 bits and less the type says it.
 * Cameras of 10, 12 and 14 bits store 16, and programs store floats from 0 to 1 or to 255: there the values themselves say it,
 * so that the same scene looks the same however it was stored.
 *
 * @param black what becomes 0
 * @param white what becomes 1; more than black
 * @param note what was decided, in words; empty where anyone would expect it
 */
public record FullScale(double black, double white, Optional<String> note) {
    private static final int[] CAMERA_BITS = {8, 10, 12, 14, 16};

    /** Floats from 0 to 1 may reach beyond after filters or a normalisation; a picture from 0 to 255 that ends here is black. */
    private static final double MAX_OF_UNIT = 10;

    /** How far filters may take a picture from 0 to 1 below 0. */
    private static final double OVERSHOOT = 0.1;

    private static final int SHORT_BITS = 16;

    /** Of an image with finite pixels, all channels together. */
    public static FullScale of(CalibratedImage image) {
        return of(image, true, () -> ValueSurvey.of(image.pixels()));
    }

    /**
     * The same.
     *
     * @param picture whether the values are shades between black and white, and not numbers that mean themselves: then small
     *     floats below 0 were normalised before
     * @param survey of its values, which is not asked for where the type says all
     */
    static FullScale of(CalibratedImage image, boolean picture, Supplier<ValueSurvey> survey) {
        RealType<?> type = image.pixels().getAt(image.pixels().minAsLongArray());
        boolean integer = type instanceof IntegerType;
        boolean typeSays = integer && type.getBitsPerPixel() != SHORT_BITS && type.getMaxValue() < 1 << SHORT_BITS;
        if (typeSays && type.getMinValue() >= 0) {
            return new FullScale(0, type.getMaxValue(), Optional.empty());
        }
        ValueSurvey values = survey.get();
        if (!integer && Math.max(-values.min(), values.max()) <= MAX_OF_UNIT) {
            return ofUnit(values, picture);
        }
        if (values.min() < 0 && values.max() > values.min()) {
            return ofRange(values);
        }
        if (typeSays) {
            return new FullScale(0, type.getMaxValue(), Optional.empty());
        }
        return ofWhole(values.max(), integer ? type.getBitsPerPixel() : 0);
    }

    /** Floats from 0 to 1, or normalised already: from -1 to 1, or by mean and deviation. */
    private static FullScale ofUnit(ValueSurvey values, boolean picture) {
        if (!picture && values.min() < 0) {
            return new FullScale(0, 1, Optional.empty());
        }
        if (values.min() >= -OVERSHOOT) {
            return values.max() <= 1
                    ? new FullScale(0, 1, Optional.empty())
                    : told(0, 1, "1 is taken for white, although some values are above.");
        }
        if (values.min() < -1 || values.max() > 1) {
            return ofRange(values);
        }
        return told(-1, 1, "There are values below 0, but none below -1: -1 is taken for black, 1 for white.");
    }

    private static FullScale ofRange(ValueSurvey values) {
        return told(
                values.min(),
                values.max(),
                "There are values below 0: the smallest one is taken for black, the largest for white.");
    }

    /** The least number of bits of a camera that has the values; the values' own range where none has. */
    private static FullScale ofWhole(double max, int storedBits) {
        for (int bits : CAMERA_BITS) {
            int white = (1 << bits) - 1;
            if (max <= white) {
                return bits == storedBits
                        ? new FullScale(0, white, Optional.empty())
                        : told(0, white, white + " is taken for white, because no value is above.");
            }
        }
        return told(0, max, "The largest value is taken for white.");
    }

    /** What is said names no numbers of one image, so that it is told once of a folder. */
    private static FullScale told(double black, double white, String sentence) {
        return new FullScale(black, white, Optional.of(sentence + " If that is wrong, give a normalization."));
    }

    /** A value with black as 0 and white as 1. */
    double part(double value) {
        return (value - black) / (white - black);
    }
}
