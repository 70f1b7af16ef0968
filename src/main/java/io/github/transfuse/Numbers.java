package io.github.transfuse;

import java.math.BigDecimal;

/** Writes numbers as people and macros do: without an exponent and without trailing zeros. */
final class Numbers {
    private Numbers() {}

    /** The shortest plain text that reads back as the same number. */
    static String text(double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return Double.toString(value);
        }
        BigDecimal plain = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return plain.signum() == 0 ? "0" : plain.toPlainString();
    }
}
