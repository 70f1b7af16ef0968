package io.github.transfuse.inference;

import io.github.transfuse.tiling.RowSink;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

/** Images whose values follow from their places. */
final class Places {
    private Places() {}

    static ArrayImg<FloatType, FloatArray> of(ToDoubleFunction<long[]> value, long... size) {
        ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(size);
        Cursor<FloatType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            FloatType pixel = cursor.next();
            pixel.set((float) value.applyAsDouble(cursor.positionAsLongArray()));
        }
        return image;
    }

    static ArrayImg<FloatType, FloatArray> random(long seed, long... size) {
        Random random = new Random(seed);
        return of(at -> random.nextGaussian(), size);
    }

    /** A sink that copies rows into an image whose last axis is the class. */
    static RowSink into(ArrayImg<FloatType, FloatArray> image) {
        return (position, logits) -> {
            RandomAccess<FloatType> access = image.randomAccess();
            for (int k = 0; k < logits.length; k++) {
                access.setPosition(with(position, k));
                for (float value : logits[k]) {
                    access.get().set(value);
                    access.fwd(0);
                }
            }
        };
    }

    static long[] with(long[] position, long last) {
        long[] full = Arrays.copyOf(position, position.length + 1);
        full[position.length] = last;
        return full;
    }
}
