package io.github.transfuse.weights;

/** Half-precision numbers as their 16 bits: IEEE 754 float16 and bfloat16. */
public final class Halves {
    private static final int FLOAT_EXPONENT = 0x7F800000;

    private Halves() {}

    /**
     * Widens a float16, exactly.
     *
     * @param bits the 16 bits
     * @return its value
     */
    public static float fromFloat16(short bits) {
        int shifted = (bits & 0x7FFF) << 13;
        // The exponents differ in bias by 112; the product also turns float16 subnormals into normal floats.
        int magnitude = shifted >= 0x0F800000
                ? shifted | FLOAT_EXPONENT
                : Float.floatToRawIntBits(Float.intBitsToFloat(shifted) * 0x1p112f);
        return Float.intBitsToFloat(magnitude | ((bits & 0x8000) << 16));
    }

    /**
     * Widens a bfloat16, exactly.
     *
     * @param bits the 16 bits
     * @return its value
     */
    public static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
