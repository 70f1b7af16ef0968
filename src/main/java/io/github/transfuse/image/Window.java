package io.github.transfuse.image;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The part of all values that a model sees, as radiologists choose it for CT: what is below looks like the lowest, what is
 * above like the highest.
 *
 * @param low lowest value
 * @param high highest value, above {@code low}
 */
public record Window(double low, double high) {
    /** Width and level in Hounsfield units. */
    private static final Map<String, double[]> NAMED = Map.of(
            "lung", new double[] {1500, -600},
            "bone", new double[] {1800, 400},
            "abdomen", new double[] {400, 40},
            "liver", new double[] {150, 30},
            "mediastinum", new double[] {350, 50},
            "brain", new double[] {80, 40});

    private static final String NUMBER = "([-+]?\\d{1,9}(?:\\.\\d{1,9})?)";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\s*,\\s*" + NUMBER);

    /** Of a name such as {@code lung}, or of width and level such as {@code 1500,-600}; empty if the text is none. */
    public static Optional<Window> of(String text) {
        Matcher form = FORM.matcher(text.strip());
        double[] numbers = form.matches()
                ? new double[] {Double.parseDouble(form.group(1)), Double.parseDouble(form.group(2))}
                : NAMED.getOrDefault(text.strip().toLowerCase(Locale.ROOT), new double[2]);
        double half = numbers[0] / 2;
        return half > 0 ? Optional.of(new Window(numbers[1] - half, numbers[1] + half)) : Optional.empty();
    }

    /** What to tell where pixels have 8 bits, as values of CT never do. */
    public String doubt() {
        return "The window from " + text(low) + " to " + text(high)
                + " is for the values of CT, but these pixels have 8 bits, from 0 to 255: what is outside of it looks like"
                + " its ends.";
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The image with no value outside; a view. */
    public CalibratedImage cut(CalibratedImage image) {
        return image.withPixels(cut(image.pixels()));
    }

    private <T extends RealType<T>> RandomAccessibleInterval<FloatType> cut(RandomAccessibleInterval<?> pixels) {
        RandomAccessibleInterval<T> typed = CalibratedImage.generic(pixels);
        return Converters.convert(
                typed,
                (in, out) -> out.set((float) Math.max(low, Math.min(high, in.getRealDouble()))),
                new FloatType());
    }
}
