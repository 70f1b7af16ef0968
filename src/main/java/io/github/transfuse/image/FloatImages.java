package io.github.transfuse.image;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

/** Makes float images in memory, also such with more than 2^31 pixels. */
final class FloatImages {
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

    /** Pixels of one cell of an image that no array can hold. */
    private static final double CELL = 1 << 24;

    private FloatImages() {}

    static Img<FloatType> create(long... size) {
        if (Intervals.numElements(size) <= LARGEST_ARRAY) {
            return ArrayImgs.floats(size);
        }
        int side = (int) Math.round(Math.pow(CELL, 1d / size.length));
        return new CellImgFactory<>(new FloatType(), side).create(size);
    }
}
