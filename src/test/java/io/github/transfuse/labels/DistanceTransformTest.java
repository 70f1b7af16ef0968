package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

class DistanceTransformTest {
    @Test
    void transformIsTheNearestOfAllMarkedPixels() {
        Random random = new Random(3);
        double[] spacing = {1.7, 0.3, 2.2};
        for (int run = 0; run < 20; run++) {
            Img<FloatType> image = ArrayImgs.floats(9, 8, 7);
            double share = run == 0 ? 0 : random.nextDouble() * 0.1;
            image.forEach(p -> p.set(random.nextDouble() < share ? 0 : Float.POSITIVE_INFINITY));
            Img<FloatType> marked = image.copy();
            DistanceTransform.squared(image, spacing);
            Cursor<FloatType> cursor = image.localizingCursor();
            while (cursor.hasNext()) {
                float actual = cursor.next().get();
                assertEquals(nearest(marked, cursor.positionAsLongArray(), spacing), actual, 1e-5 * (1 + actual));
            }
        }
    }

    private static double nearest(Img<FloatType> marked, long[] at, double[] spacing) {
        double nearest = Double.POSITIVE_INFINITY;
        Cursor<FloatType> cursor = marked.localizingCursor();
        while (cursor.hasNext()) {
            if (cursor.next().get() == 0) {
                double squared = 0;
                for (int d = 0; d < at.length; d++) {
                    squared += Math.pow((cursor.getLongPosition(d) - at[d]) * spacing[d], 2);
                }
                nearest = Math.min(nearest, squared);
            }
        }
        return nearest;
    }
}
