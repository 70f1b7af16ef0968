package io.github.transfuse.weights;

import java.nio.ByteBuffer;

/** Reads and writes single elements of little-endian buffers by type. Indices count elements. */
final class Elements {

    private Elements() {}

    static double getDouble(ByteBuffer data, DType dtype, int index) {
        return switch (dtype) {
            case F64 -> data.getDouble(8 * index);
            case F32 -> data.getFloat(4 * index);
            case F16 -> Halves.fromFloat16(data.getShort(2 * index));
            case BF16 -> Halves.fromBfloat16(data.getShort(2 * index));
            case F8_E4M3 -> SmallFloat.E4M3.decode(data.get(index) & 0xFF);
            case F8_E5M2 -> SmallFloat.E5M2.decode(data.get(index) & 0xFF);
            case U64 -> unsignedDouble(data.getLong(8 * index));
            default -> getLong(data, dtype, index);
        };
    }

    /** The bits of a U64 come back as they are, so values from 2^63 up read as negative. */
    static long getLong(ByteBuffer data, DType dtype, int index) {
        return switch (dtype) {
            case I64, U64 -> data.getLong(8 * index);
            case I32 -> data.getInt(4 * index);
            case U32 -> data.getInt(4 * index) & 0xFFFFFFFFL;
            case I16 -> data.getShort(2 * index);
            case U16 -> data.getShort(2 * index) & 0xFFFF;
            case I8 -> data.get(index);
            case U8 -> data.get(index) & 0xFF;
            case BOOL -> data.get(index) == 0 ? 0 : 1;
            default -> throw new IllegalStateException(dtype + " has no integer value");
        };
    }

    static void putDouble(ByteBuffer data, DType dtype, int index, double value) {
        switch (dtype) {
            case F64 -> data.putDouble(8 * index, value);
            case F32 -> data.putFloat(4 * index, (float) value);
            case F16 -> data.putShort(2 * index, (short) SmallFloat.F16.encode(value));
            case BF16 -> data.putShort(2 * index, (short) SmallFloat.BF16.encode(value));
            case F8_E4M3 -> data.put(index, (byte) SmallFloat.E4M3.encode(value));
            case F8_E5M2 -> data.put(index, (byte) SmallFloat.E5M2.encode(value));
            default -> throw new IllegalStateException(dtype + " is not a floating-point type");
        }
    }

    private static double unsignedDouble(long bits) {
        if (bits >= 0) {
            return bits;
        }
        // Halve with a sticky low bit, so that the conversion rounds once, then double exactly.
        return 2.0 * (bits >>> 1 | (bits & 1));
    }
}
