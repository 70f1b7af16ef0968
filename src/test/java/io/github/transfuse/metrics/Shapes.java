package io.github.transfuse.metrics;

import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** Masks by formula. */
final class Shapes {
    private Shapes() {}

    interface Inside {
        boolean at(long[] x);
    }

    static Img<UnsignedByteType> mask(Inside inside, long... size) {
        Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(size);
        Cursor<UnsignedByteType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.next().set(inside.at(cursor.positionAsLongArray()) ? 1 : 0);
        }
        return image;
    }

    static Img<UnsignedByteType> row(int... values) {
        Img<UnsignedByteType> image = ArrayImgs.unsignedBytes(values.length, 1);
        int i = 0;
        for (UnsignedByteType pixel : image) {
            pixel.set(values[i++]);
        }
        return image;
    }
}
