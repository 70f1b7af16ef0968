package io.github.transfuse.settings;

import java.math.BigDecimal;
import java.util.List;

/** Numbers as people and macros write them, and their median. */
public final class Numbers {
    private Numbers() {}

    /** The middle one, of an even count the greater of the two in the middle. */
    public static <T extends Comparable<T>> T median(List<T> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    /** The shortest plain text that reads back as the same number: without an exponent and without trailing zeros. */
    public static String text(double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return Double.toString(value);
        }
        BigDecimal plain = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return plain.signum() == 0 ? "0" : plain.toPlainString();
    }
}
