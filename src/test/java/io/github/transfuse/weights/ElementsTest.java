package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementsTest {
    @Test
    void largeUnsignedNumbersAreRoundedOnce() {
        // 2^63 + 1024 lies between two doubles: a tie goes to 2^63, one more goes up
        assertEquals(0x1p63, unsigned(Long.MIN_VALUE + 1024));
        assertEquals(0x1p63 + 2048, unsigned(Long.MIN_VALUE + 1025));
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            long high = Long.MIN_VALUE | (random.nextLong() & -2048L);
            for (long low : new long[] {0, 1, 1023, 1024, 1025, 2047}) {
                long bits = high | low;
                assertEquals(
                        new BigInteger(Long.toUnsignedString(bits)).doubleValue(),
                        unsigned(bits),
                        () -> Long.toUnsignedString(bits));
            }
        }
        assertEquals(7, unsigned(7));
    }

    private static double unsigned(long bits) {
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(8, bits);
        return Elements.getDouble(data, DType.U64, 1);
    }
}
