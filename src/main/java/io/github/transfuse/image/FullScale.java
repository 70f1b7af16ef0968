package io.github.transfuse.image;

import java.util.Optional;
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

    private static final int SHORT_BITS = 16;

    /** Of an image with finite pixels, all channels together. */
    public static FullScale of(CalibratedImage image) {
        RealType<?> type = image.pixels().getAt(image.pixels().minAsLongArray());
        boolean integer = type instanceof IntegerType;
        boolean typeSays = integer && type.getBitsPerPixel() != SHORT_BITS && type.getMaxValue() < 1 << SHORT_BITS;
        if (typeSays && type.getMinValue() >= 0) {
            return new FullScale(0, type.getMaxValue(), Optional.empty());
        }
        ValueSurvey values = ValueSurvey.of(image.pixels());
        if (!integer && Math.max(-values.min(), values.max()) <= MAX_OF_UNIT) {
            return ofUnit(values);
        }
        if (values.min() < 0 && values.max() > values.min()) {
            String note = "Values from " + ValueSurvey.shown(values.min()) + " to " + ValueSurvey.shown(values.max())
                    + ": the smallest is taken for black, the largest for white. normalization=range:A-B says otherwise.";
            return new FullScale(values.min(), values.max(), Optional.of(note));
        }
        if (typeSays) {
            return new FullScale(0, type.getMaxValue(), Optional.empty());
        }
        return ofWhole(values.max(), integer ? type.getBitsPerPixel() : 0);
    }

    /** Small floats are taken as they are, which is expected of negative ones: they are normalised already. */
    private static FullScale ofUnit(ValueSurvey values) {
        return values.max() <= 1 || values.min() < 0 ? new FullScale(0, 1, Optional.empty()) : told(values.max(), 1);
    }

    /** The least number of bits of a camera that has the values; the values' own range where none has. */
    private static FullScale ofWhole(double max, int storedBits) {
        for (int bits : CAMERA_BITS) {
            double white = (1 << bits) - 1;
            if (max <= white) {
                return bits == storedBits ? new FullScale(0, white, Optional.empty()) : told(max, white);
            }
        }
        return told(max, max);
    }

    private static FullScale told(double max, double white) {
        String note = "Values up to " + ValueSurvey.shown(max) + ": " + ValueSurvey.shown(white)
                + " is taken for white. normalization=range:0-B says otherwise.";
        return new FullScale(0, white, Optional.of(note));
    }

    /** A value with black as 0 and white as 1. */
    double part(double value) {
        return (value - black) / (white - black);
    }
}
