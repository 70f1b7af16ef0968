package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes and roundings of the small floating-point types. */
class HalvesTest {
    @Test
    void everyHalfSurvivesTheWayThroughFloat() {
        for (int code = 0; code < 1 << 16; code++) {
            float half = Halves.fromFloat16((short) code);
            float brain = Halves.fromBfloat16((short) code);
            if (Float.isNaN(half)) {
                assertTrue(Float.isNaN(Halves.fromFloat16((short) SmallFloat.F16.encode(half))));
            } else {
                assertEquals((short) code, (short) SmallFloat.F16.encode(half));
                assertEquals(SmallFloat.F16.decode(code), half);
            }
            if (Float.isNaN(brain)) {
                assertTrue(Float.isNaN(Halves.fromBfloat16((short) SmallFloat.BF16.encode(brain))));
            } else {
                assertEquals((short) code, (short) SmallFloat.BF16.encode(brain));
            }
        }
    }

    @Test
    void everyByteFloatSurvivesTheWayThroughDouble() {
        for (int code = 0; code < 256; code++) {
            for (SmallFloat layout : new SmallFloat[] {SmallFloat.E4M3, SmallFloat.E5M2}) {
                double value = layout.decode(code);
                if (!Double.isNaN(value)) {
                    assertEquals(code, layout.encode(value), layout.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x0000",
        "-0.0, 0x8000",
        "1, 0x3C00",
        "-2, 0xC000",
        "65504, 0x7BFF",
        "65519.996, 0x7BFF",
        "65520, 0x7C00",
        "Infinity, 0x7C00",
        "-Infinity, 0xFC00",
        "5.9604645e-8, 0x0001",
        "2.9802322e-8, 0x0000",
        "2.9802326e-8, 0x0001",
        "6.1035156e-5, 0x0400",
        "1.00048828125, 0x3C00",
        "1.00146484375, 0x3C02",
        "NaN, 0x7E00"
    })
    void float16RoundsToNearestEven(float value, String code) {
        assertEquals(Integer.decode(code), SmallFloat.F16.encode(value));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0x3F80",
        "1.00390625, 0x3F80",
        "1.01171875, 0x3F82",
        "3.4028235e38, 0x7F80",
        "-Infinity, 0xFF80",
        "1e-40, 0x0001",
        "NaN, 0x7FC0"
    })
    void bfloat16RoundsToNearestEven(float value, String code) {
        assertEquals(Integer.decode(code), SmallFloat.BF16.encode(value));
    }

    @ParameterizedTest
    @CsvSource({
        "448, 0x7E, 0x5F",
        "464, 0x7E, 0x5F",
        "480, 0x7F, 0x60",
        "57344, 0x7F, 0x7B",
        "Infinity, 0x7F, 0x7C",
        "-1, 0xB8, 0xBC",
        "0.001953125, 0x01, 0x18",
        "0.0000152587890625, 0x00, 0x01"
    })
    void byteFloatsHaveTheirDocumentedCodes(double value, String e4m3, String e5m2) {
        assertEquals(Integer.decode(e4m3), SmallFloat.E4M3.encode(value));
        assertEquals(Integer.decode(e5m2), SmallFloat.E5M2.encode(value));
    }

    @Test
    void aDoubleIsRoundedOnce() {
        // Just above the tie between 1 and the next half; by way of float it would land on the tie and go down.
        double value = 1 + 0x1p-11 + 0x1p-40;
        StoredTensor half = StoredTensor.ofDoubles("x", new long[] {1}, value).to(DType.F16);
        assertEquals(1 + 0x1p-10, half.doubles()[0]);
    }
}
