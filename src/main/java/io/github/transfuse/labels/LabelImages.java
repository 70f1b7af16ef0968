package io.github.transfuse.labels;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.util.Intervals;

/** Makes images in memory, also such with more than 2^31 pixels. */
final class LabelImages {
    /** Pixels of one block of an image that no array can hold. */
    private static final double BLOCK = 1 << 24;

    private LabelImages() {}

    static Img<IntType> create(long... size) {
        return create(new IntType(), size);
    }

    static <T extends NativeType<T>> Img<T> create(T type, long... size) {
        if (Intervals.numElements(size) <= Integer.MAX_VALUE - 8) {
            return new ArrayImgFactory<>(type).create(size);
        }
        int side = (int) Math.round(Math.pow(BLOCK, 1d / size.length));
        return new CellImgFactory<>(type, side).create(size);
    }
}
