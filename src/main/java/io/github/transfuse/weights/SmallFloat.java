package io.github.transfuse.weights;

/**
 * A binary floating-point layout of at most 16 bits: sign, exponent, mantissa.
 *
 * @param exponentBits width of the exponent
 * @param mantissaBits width of the stored mantissa
 * @param infinities true if the all-ones exponent is kept for infinities and NaN; false if only its last code is NaN
 */
record SmallFloat(int exponentBits, int mantissaBits, boolean infinities) {
    static final SmallFloat F16 = new SmallFloat(5, 10, true);
    static final SmallFloat BF16 = new SmallFloat(8, 7, true);
    static final SmallFloat E4M3 = new SmallFloat(4, 3, false);
    static final SmallFloat E5M2 = new SmallFloat(5, 2, true);

    /** Nearest code, ties to even; one rounding only, because the value comes as a double. */
    int encode(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 1 << (exponentBits + mantissaBits) : 0;
        if (Double.isNaN(value)) {
            return sign | nan();
        }
        double magnitude = Math.abs(value);
        if (Double.isInfinite(magnitude)) {
            return sign | overflow();
        }
        int exponent = Math.max(Math.getExponent(magnitude), 1 - bias());
        if (exponent > bias() + 1) {
            return sign | overflow();
        }
        long steps = (long) Math.rint(Math.scalb(magnitude, mantissaBits - exponent));
        // The implicit leading one of a normal number adds 1 to the exponent field; subnormals have none to add.
        long code = ((long) (exponent + bias() - 1) << mantissaBits) + steps;
        return sign | (code > largest() ? overflow() : (int) code);
    }

    /** Exact value of a code. */
    double decode(int code) {
        int magnitude = code & ((1 << (exponentBits + mantissaBits)) - 1);
        boolean negative = (code >>> (exponentBits + mantissaBits)) % 2 == 1;
        double value = magnitude > largest() ? special(magnitude) : finite(magnitude);
        return negative ? -value : value;
    }

    private double finite(int magnitude) {
        int exponent = magnitude >>> mantissaBits;
        int mantissa = magnitude & ((1 << mantissaBits) - 1);
        int implicitOne = exponent == 0 ? 0 : 1 << mantissaBits;
        return Math.scalb((double) (mantissa + implicitOne), Math.max(exponent, 1) - bias() - mantissaBits);
    }

    private double special(int magnitude) {
        return infinities && magnitude == largest() + 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    private int bias() {
        return (1 << (exponentBits - 1)) - 1;
    }

    private int largest() {
        int exponentOnes = ((1 << exponentBits) - 1) << mantissaBits;
        return infinities ? exponentOnes - 1 : exponentOnes + (1 << mantissaBits) - 2;
    }

    private int overflow() {
        return infinities ? largest() + 1 : nan();
    }

    private int nan() {
        return infinities ? largest() + 1 + (1 << (mantissaBits - 1)) : largest() + 1;
    }
}
