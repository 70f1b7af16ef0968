package io.github.transfuse.zarr;

import java.util.Arrays;
import java.util.Optional;

/** Types of the numbers in arrays. */
public enum ZarrType {
    /** 0 or 1. */
    BOOL(1, "b1"),
    /** Signed, 8 bits. */
    INT8(1, "i1"),
    /** Unsigned, 8 bits. */
    UINT8(1, "u1"),
    /** Signed, 16 bits. */
    INT16(2, "i2"),
    /** Unsigned, 16 bits. */
    UINT16(2, "u2"),
    /** Signed, 32 bits. */
    INT32(4, "i4"),
    /** Unsigned, 32 bits. */
    UINT32(4, "u4"),
    /** Signed, 64 bits. */
    INT64(8, "i8"),
    /** Unsigned, 64 bits. */
    UINT64(8, "u8"),
    /** Half. */
    FLOAT16(2, "f2"),
    /** Float. */
    FLOAT32(4, "f4"),
    /** Double. */
    FLOAT64(8, "f8");

    private final int bytes;
    private final String code;

    ZarrType(int bytes, String code) {
        this.bytes = bytes;
        this.code = code;
    }

    /** Bytes of a number. */
    public int bytes() {
        return bytes;
    }

    /** The name in version 2, little-endian. */
    String littleEndian() {
        return (bytes == 1 ? "|" : "<") + code;
    }

    boolean isFloat() {
        return code.startsWith("f");
    }

    /** By the name in version 2, such as {@code <u2}. */
    static Optional<ZarrType> ofVersion2(String name) {
        return Arrays.stream(values())
                .filter(type -> name.matches("[|<>]" + type.code))
                .findFirst();
    }

    /** By the name in version 3, such as {@code uint16}. */
    static Optional<ZarrType> ofVersion3(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().toLowerCase(java.util.Locale.ROOT).equals(name))
                .findFirst();
    }
}
