package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.image.ResultStore;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits brought to another size agree with multilinear interpolation written down directly, pixel by pixel. */
class LogitImageTest {
    private static final int CLASSES = 2;

    /** 0: all on disk, in a mapped file. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void planesAndVolumesAreInterpolated(long heap) throws IOException {
        ResultStore store = new ResultStore(heap, note -> {});
        check(store, new long[] {7, 5}, new long[] {13, 9});
        check(store, new long[] {13, 9}, new long[] {7, 4});
        check(store, new long[] {6, 5}, new long[] {6, 5});
        check(store, new long[] {1, 3}, new long[] {4, 1});
        check(store, new long[] {5, 4, 3}, new long[] {8, 3, 7});
        check(store, new long[] {4, 6, 5}, new long[] {4, 9, 2});
    }

    private static void check(ResultStore store, long[] size, long[] to) throws IOException {
        Random random = new Random(3);
        for (boolean window : new boolean[] {false, true}) {
            double[] origin = new double[size.length];
            double[] length = Arrays.stream(size).asDoubleStream().toArray();
            for (int d = 0; window && d < size.length; d++) {
                origin[d] = random.nextDouble() * (size[d] - 1);
                length[d] = 0.5 + random.nextDouble() * (size[d] - 0.5 - origin[d]);
            }
            LogitImage.Window shown = window ? new LogitImage.Window(origin, length) : LogitImage.Window.all(size);
            ArrayImg<FloatType, FloatArray> logits = Places.random(9, Places.with(size, CLASSES));
            ArrayImg<FloatType, FloatArray> byRows = ArrayImgs.floats(Places.with(to, CLASSES));
            rows(store, logits, size).resample(shown, Places.into(byRows), to);
            FloatBuffer output =
                    FloatBuffer.allocate(3 + CLASSES * (int) Arrays.stream(size).reduce(1, (a, b) -> a * b));
            output.position(3);
            logits.forEach(value -> output.put(value.get()));
            ArrayImg<FloatType, FloatArray> ofOutput = ArrayImgs.floats(Places.with(to, CLASSES));
            LogitImage.of(store, output.position(3), size).resample(shown, Places.into(ofOutput), to);
            ArrayImg<FloatType, FloatArray> expected = Places.of(
                    at -> {
                        double[] place = new double[to.length];
                        for (int d = 0; d < to.length; d++) {
                            place[d] = origin[d] + (at[d] + 0.5) * length[d] / to[d] - 0.5;
                        }
                        return at(logits, place, at[to.length]);
                    },
                    Places.with(to, CLASSES));
            String what = Arrays.toString(size) + " to " + Arrays.toString(to);
            assertSame(expected, byRows, what);
            assertSame(expected, ofOutput, what);
        }
    }

    /** Row by row, as tiles come. */
    private static LogitImage rows(ResultStore store, ArrayImg<FloatType, FloatArray> logits, long... size)
            throws IOException {
        LogitImage image = new LogitImage(store, CLASSES, size);
        float[][] row = new float[CLASSES][(int) size[0]];
        long rows = Arrays.stream(size).skip(1).reduce(1, (a, b) -> a * b);
        for (long r = 0; r < rows; r++) {
            long[] position = new long[size.length];
            long rest = r;
            for (int d = 1; d < size.length; d++) {
                position[d] = rest % size[d];
                rest /= size[d];
            }
            for (int k = 0; k < CLASSES; k++) {
                for (int x = 0; x < size[0]; x++) {
                    position[0] = x;
                    row[k][x] = logits.getAt(Places.with(position, k)).get();
                }
            }
            position[0] = 0;
            image.row(position, row);
        }
        return image;
    }

    /** The weighted mean of all pixels, each weighted by how near it is to the place: what linear interpolation is. */
    private static double at(ArrayImg<FloatType, FloatArray> image, double[] place, long k) {
        double sum = 0;
        var cursor = image.localizingCursor();
        while (cursor.hasNext()) {
            float value = cursor.next().get();
            double weight = cursor.getLongPosition(place.length) == k ? 1 : 0;
            for (int d = 0; d < place.length; d++) {
                double inside = Math.max(0, Math.min(image.dimension(d) - 1d, place[d]));
                weight *= Math.max(0, 1 - Math.abs(inside - cursor.getLongPosition(d)));
            }
            sum += weight * value;
        }
        return sum;
    }

    static void assertSame(
            ArrayImg<FloatType, FloatArray> expected, ArrayImg<FloatType, FloatArray> found, String what) {
        var cursor = expected.localizingCursor();
        while (cursor.hasNext()) {
            float value = cursor.next().get();
            assertEquals(
                    value,
                    found.getAt(cursor).get(),
                    2e-5 * (1 + Math.abs(value)),
                    () -> what + " at " + Arrays.toString(cursor.positionAsLongArray()));
        }
    }

    @Test
    void aPileComesPlaneByPlane() throws IOException {
        long[] from = {6, 5};
        ArrayImg<FloatType, FloatArray> pile = Places.random(5, 6, 5, 3, CLASSES);
        ArrayImg<FloatType, FloatArray> found = ArrayImgs.floats(9, 4, 3, CLASSES);
        SliceLogits sink = new SliceLogits(CLASSES, from, new long[] {9, 4, 3}, Places.into(found));
        for (int z = 0; z < 3; z++) {
            for (int y = 0; y < 5; y++) {
                float[][] row = new float[CLASSES][6];
                for (int k = 0; k < CLASSES; k++) {
                    for (int x = 0; x < 6; x++) {
                        row[k][x] = pile.getAt(x, y, z, k).get();
                    }
                }
                // the number of the plane is that of a part of the pile, and starts again
                sink.row(new long[] {0, y, z % 2}, row);
            }
        }
        ArrayImg<FloatType, FloatArray> expected = Places.of(
                at -> at(pile, new double[] {(at[0] + 0.5) * 6 / 9 - 0.5, (at[1] + 0.5) * 5 / 4 - 0.5, at[2]}, at[3]),
                9,
                4,
                3,
                CLASSES);
        assertSame(expected, found, "pile");
    }
}
