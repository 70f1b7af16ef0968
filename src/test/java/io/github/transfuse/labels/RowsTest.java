package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccess;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Rows are asked for from the last to the first: who does not move to the row reads on behind the one before. */
class RowsTest {
    private static final int[][] BACKWARDS = {{2, 1}, {1, 1}, {0, 1}, {2, 0}, {1, 0}, {0, 0}};

    @Test
    void goesThroughRowsInRasterOrder() {
        List<String> rows = new ArrayList<>();
        Rows.forEach(new long[] {4, 3, 2}, at -> rows.add(at[0] + "" + at[1] + at[2]));
        assertEquals(List.of("000", "010", "020", "001", "011", "021"), rows);
    }

    @Test
    void oneAxisIsOneRow() {
        List<Long> rows = new ArrayList<>();
        Rows.forEach(new long[] {7}, at -> rows.add(at[0]));
        assertEquals(List.of(0L), rows);
    }

    @Test
    void readsTheRowAskedForAndLeavesTheClass() {
        float[] values = new float[4 * 3 * 2 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        RandomAccess<FloatType> access = ArrayImgs.floats(values, 4, 3, 2, 2).randomAccess();
        access.setPosition(1, 3);
        for (int[] row : BACKWARDS) {
            float[] found = new float[4];
            Rows.read(access, new long[] {0, row[0], row[1]}, found);
            float first = 4 * (row[0] + 3 * (row[1] + 2 * 1f));
            assertArrayEquals(new float[] {first, first + 1, first + 2, first + 3}, found);
        }
    }

    @Test
    void readsWholeNumbersOfTheRowAskedFor() {
        byte[] values = new byte[4 * 3 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (200 + i);
        }
        RandomAccess<UnsignedByteType> access =
                ArrayImgs.unsignedBytes(values, 4, 3, 2).randomAccess();
        for (int[] row : BACKWARDS) {
            long[] found = new long[4];
            Rows.read(access, new long[] {0, row[0], row[1]}, found);
            long first = 200 + 4L * (row[0] + 3 * row[1]);
            assertArrayEquals(new long[] {first, first + 1, first + 2, first + 3}, found);
        }
    }

    @Test
    void writesTheRowAskedFor() {
        byte[] values = new byte[4 * 3 * 2];
        RandomAccess<UnsignedByteType> access =
                ArrayImgs.unsignedBytes(values, 4, 3, 2).randomAccess();
        byte[] expected = new byte[values.length];
        for (int[] row : BACKWARDS) {
            byte first = (byte) (200 + 4 * (row[0] + 3 * row[1]));
            Rows.write(access, new long[] {0, row[0], row[1]}, new byte[] {
                first, (byte) (first + 1), (byte) (first + 2), (byte) (first + 3)
            });
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (200 + i);
        }
        assertArrayEquals(expected, values);
    }
}
