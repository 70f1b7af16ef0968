package io.github.transfuse;

import java.util.Arrays;
import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;

/** Images of tests with bright blobs of all shapes, some with holes, on dark ground. */
final class Blobs {
    private static final int WAVES = 16;

    private Blobs() {}

    /** All dark. */
    static ArrayImg<FloatType, FloatArray> dark(long... size) {
        ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(size);
        image.forEach(pixel -> pixel.set(-1));
        return image;
    }

    /** A sum of waves of random lengths, from about -1 to 1; along axes behind the second, from 3 pixels on. */
    static ArrayImg<FloatType, FloatArray> of(int seed, long... size) {
        Random random = new Random(seed);
        double[][] waves = new double[WAVES][size.length + 1];
        for (double[] wave : waves) {
            for (int d = 0; d < size.length; d++) {
                wave[d] = random.nextGaussian() * (d < 2 ? 0.35 : 1);
            }
            wave[size.length] = random.nextDouble() * 2 * Math.PI;
        }
        ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(size);
        Cursor<FloatType> cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            cursor.fwd();
            double sum = Arrays.stream(waves)
                    .mapToDouble(wave -> {
                        double phase = wave[size.length];
                        for (int d = 0; d < size.length; d++) {
                            phase += wave[d] * cursor.getDoublePosition(d);
                        }
                        return Math.sin(phase);
                    })
                    .sum();
            cursor.get().set((float) (sum / Math.sqrt(WAVES) - 0.5));
        }
        return image;
    }
}
