package io.github.transfuse.labels;

import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/** Walking an n-dimensional image by rows along axis 0, in raster order. */
final class Rows {
    private Rows() {}

    /** What is done with one row; {@code position[0]} is 0. */
    @FunctionalInterface
    interface Action {
        void row(long[] position);
    }

    static void forEach(long[] size, Action action) {
        long[] position = new long[size.length];
        int axis = 0;
        while (axis < size.length) {
            action.row(position);
            axis = 1;
            while (axis < size.length && ++position[axis] == size[axis]) {
                position[axis++] = 0;
            }
        }
    }

    /** Moves to the row; an axis beyond those of the position (the class) stays where it is. */
    private static void moveTo(RandomAccess<?> access, long[] position) {
        for (int d = 0; d < position.length; d++) {
            access.setPosition(position[d], d);
        }
    }

    static void read(RandomAccess<? extends RealType<?>> access, long[] position, float[] row) {
        moveTo(access, position);
        for (int x = 0; x < row.length; x++) {
            row[x] = access.get().getRealFloat();
            access.fwd(0);
        }
    }

    static void read(RandomAccess<? extends IntegerType<?>> access, long[] position, long[] row) {
        moveTo(access, position);
        for (int x = 0; x < row.length; x++) {
            row[x] = access.get().getIntegerLong();
            access.fwd(0);
        }
    }

    static <T extends IntegerType<T>> void write(RandomAccess<T> access, long[] position, byte[] row) {
        moveTo(access, position);
        for (byte value : row) {
            access.get().setInteger(value & 0xff);
            access.fwd(0);
        }
    }
}
