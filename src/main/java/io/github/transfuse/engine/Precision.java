package io.github.transfuse.engine;

import java.util.Arrays;
import java.util.Locale;

/** In which number format a network computes. */
public enum Precision {
    /**
     * bf16, or where that is not faster than float32 on this processor int8, if it is faster and the model records its check
     * as passed; otherwise float32.
     */
    AUTO,
    /** The reference. */
    FLOAT32,
    /** bfloat16 with float32 accumulation. */
    BF16,
    /**
     * Convolutions and linear layers of planes on whole numbers of 8 bits, on processors; needs the ranges of a
     * calibration in the model.
     */
    INT8,
    /** IEEE half precision; on GPUs. */
    FP16;

    /**
     * The precision of this name, in any case.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static Precision of(String name) {
        return Arrays.stream(values())
                .filter(p -> p.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown precision '" + name + "'. Known are auto, float32, bf16, int8, fp16."));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
