package io.github.transfuse.weights;

import java.util.Arrays;
import java.util.Optional;

/** Element types of the safetensors format; the constants are named as in the file header. */
public enum DType {
    /** IEEE 754 double. */
    F64(64, Kind.FLOAT),
    /** IEEE 754 single. */
    F32(32, Kind.FLOAT),
    /** IEEE 754 half. */
    F16(16, Kind.FLOAT),
    /** The upper half of a single. */
    BF16(16, Kind.FLOAT),
    /** Signed 64-bit integer. */
    I64(64, Kind.INTEGER),
    /** Signed 32-bit integer. */
    I32(32, Kind.INTEGER),
    /** Signed 16-bit integer. */
    I16(16, Kind.INTEGER),
    /** Signed 8-bit integer. */
    I8(8, Kind.INTEGER),
    /** Unsigned 8-bit integer. */
    U8(8, Kind.INTEGER),
    /** One byte, 0 or 1. */
    BOOL(8, Kind.INTEGER),
    /** Unsigned 16-bit integer. */
    U16(16, Kind.INTEGER),
    /** Unsigned 32-bit integer. */
    U32(32, Kind.INTEGER),
    /** Unsigned 64-bit integer. */
    U64(64, Kind.INTEGER),
    /** 8-bit float: 4 exponent and 3 mantissa bits, no infinities, largest value 448. */
    F8_E4M3(8, Kind.FLOAT),
    /** 8-bit float: 5 exponent and 2 mantissa bits. */
    F8_E5M2(8, Kind.FLOAT),
    /** Power-of-two scale: 8 exponent bits, no sign. Carried, not converted. */
    F8_E8M0(8, Kind.OPAQUE),
    /** Packed 6-bit float. Carried, not converted. */
    F6_E2M3(6, Kind.OPAQUE),
    /** Packed 6-bit float. Carried, not converted. */
    F6_E3M2(6, Kind.OPAQUE),
    /** Packed 4-bit float. Carried, not converted. */
    F4(4, Kind.OPAQUE),
    /** Complex number of two singles. Carried, not converted. */
    C64(64, Kind.OPAQUE);

    /** What the elements of a type can be converted to. */
    private enum Kind {
        FLOAT,
        INTEGER,
        OPAQUE
    }

    private final int bits;
    private final Kind kind;

    DType(int bits, Kind kind) {
        this.bits = bits;
        this.kind = kind;
    }

    /**
     * Size of one element.
     *
     * @return bytes, rounded up to 1 for the packed types
     */
    public int size() {
        return (bits + 7) / 8;
    }

    /**
     * Size of {@code count} elements in a file.
     *
     * @param count number of elements, not negative
     * @return bytes
     * @throws ArithmeticException if the size overflows, or if packed elements do not fill whole bytes
     */
    public long bytes(long count) {
        long total = Math.multiplyExact(count, bits);
        if (total % 8 != 0) {
            throw new ArithmeticException(count + " elements of " + this + " do not fill whole bytes");
        }
        return total / 8;
    }

    /**
     * Whether elements are floating-point numbers that this package converts.
     *
     * @return true for F64, F32, F16, BF16, F8_E4M3 and F8_E5M2
     */
    public boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    /**
     * Whether elements are integers or booleans.
     *
     * @return true for signed and unsigned integers and BOOL
     */
    public boolean isInteger() {
        return kind == Kind.INTEGER;
    }

    /**
     * The type with a given name in a file header.
     *
     * @param name as written in the header, for example {@code BF16}
     * @return the type, or empty if the format has no such type
     */
    public static Optional<DType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
