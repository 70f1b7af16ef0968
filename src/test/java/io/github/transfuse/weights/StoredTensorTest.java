package io.github.transfuse.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredTensorTest {
    private static final byte[] ONES = {-1, -1, -1, -1, -1, -1, -1, -1};

    @ParameterizedTest
    @CsvSource({
        "I64, -1",
        "I32, -1",
        "I16, -1",
        "I8, -1",
        "U8, 255",
        "BOOL, 1",
        "U16, 65535",
        "U32, 4294967295",
        "U64, -1"
    })
    void integersReadWithTheirSign(DType dtype, long expected) {
        StoredTensor tensor = new StoredTensor("n", dtype, new long[] {8 / dtype.size()}, ByteBuffer.wrap(ONES));
        assertEquals(expected, tensor.longs()[0]);
        assertEquals(dtype == DType.U64 ? 0x1p64 : expected, tensor.doubles()[0]);
    }

    @Test
    void conversionKeepsNameAndShape() {
        StoredTensor tensor = StoredTensor.ofFloats("w", new long[] {2, 1}, 1f, -0.5f);
        StoredTensor half = tensor.to(DType.BF16);
        assertEquals("w BF16[2, 1]", half.toString());
        assertArrayEquals(new float[] {1f, -0.5f}, half.floats());
        assertSame(tensor, tensor.to(DType.F32));
    }

    @Test
    void aScalarHasOneElement() {
        StoredTensor scalar = StoredTensor.ofLongs("n", new long[0], 285);
        assertEquals(1, scalar.count());
        assertArrayEquals(new float[] {285f}, scalar.floats());
        assertArrayEquals(new double[] {285}, scalar.to(DType.F64).doubles());
    }

    @Test
    void aWrongNumberOfBytesIsTheCallersFault() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> StoredTensor.ofFloats("w", new long[] {3}, 1f))
                .getMessage();
        assertTrue(message.contains("'w'") && message.contains("12") && message.contains("4"), message);
    }

    @Test
    void theShapeAndTheBytesCannotBeChanged() {
        StoredTensor tensor = StoredTensor.ofFloats("w", new long[] {1}, 1f);
        tensor.shape()[0] = 7;
        assertEquals(1, tensor.count());
        assertThrows(java.nio.ReadOnlyBufferException.class, () -> tensor.data().put(0, (byte) 1));
    }

    @Test
    void whatIsOnlyCarriedIsNotConverted() {
        StoredTensor complex = new StoredTensor("c", DType.C64, new long[] {1}, ByteBuffer.wrap(ONES));
        assertThrows(IllegalStateException.class, complex::floats);
        StoredTensor floats = StoredTensor.ofFloats("w", new long[] {1}, 1f);
        assertThrows(IllegalStateException.class, floats::longs);
        assertThrows(IllegalStateException.class, () -> floats.to(DType.I32));
    }
}
