package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Logits in an array lie where a raster has them. */
class LogitArrayTest {
    @Test
    void rowsComeInAnyOrder() {
        for (long[] size : new long[][] {{4, 3}, {3, 4, 2}, {2, 3, 2, 2}}) {
            int pixels = (int) Arrays.stream(size).reduce(1, (a, b) -> a * b);
            ArrayImg<FloatType, FloatArray> image = Places.random(1, Places.with(size, 2));
            LogitArray array = new LogitArray(2, size);
            int width = (int) size[0];
            for (int r = pixels / width - 1; r >= 0; r--) {
                long[] position = new long[size.length];
                int rest = r;
                for (int d = 1; d < size.length; d++) {
                    position[d] = rest % size[d];
                    rest /= (int) size[d];
                }
                float[][] row = new float[2][width];
                for (int k = 0; k < 2; k++) {
                    for (int x = 0; x < width; x++) {
                        long[] at = position.clone();
                        at[0] = x;
                        row[k][x] = image.getAt(Places.with(at, k)).get();
                    }
                }
                array.row(position, row);
            }
            float[] expected = new float[2 * pixels];
            int i = 0;
            for (FloatType value : image) {
                expected[i++] = value.get();
            }
            assertArrayEquals(expected, array.values());
            assertArrayEquals(Places.with(size, 2), array.image().dimensionsAsLongArray());
            LogitImageTest.assertSame(
                    image, Places.of(at -> array.image().getAt(at).get(), Places.with(size, 2)), "");
        }
    }

    /** A part of a row lies where its position says. */
    @Test
    void partsOfRows() {
        LogitArray array = new LogitArray(1, 5, 2);
        array.row(new long[] {2, 1}, new float[][] {{7, 8}});
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 7, 8, 0}, array.values());
    }

    @Test
    void valuesAreNotCopied() {
        float[] values = {1, 2, 3, 4, 5, 6};
        assertSame(values, LogitArray.of(values, 3, 1).values());
        assertEquals(5, LogitArray.of(values, 3, 1).image().getAt(1, 0, 1).get());
        assertThrows(ArithmeticException.class, () -> new LogitArray(2, 1 << 20, 1 << 20));
    }

    @Test
    void probabilitiesBecomeLogits() {
        float[] one = {0.25f, 0.5f, 0, 1};
        LogitArray.of(one, 4).fromProbabilities();
        double least = Math.log(1e-6 / (1 - 1e-6));
        double[] expected = {Math.log(0.25 / 0.75), 0, least, -least};
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], one[i], 2e-2, "a float is that near to 1 - 10^-6");
        }
        assertEquals(expected[0], one[0], 1e-6);
        float[] two = {0.25f, 0, 0.75f, 1};
        LogitArray.of(two, 2).fromProbabilities();
        assertEquals(Math.log(0.25), two[0], 1e-6);
        assertEquals(Math.log(1e-6), two[1], 1e-4);
        assertEquals(Math.log(0.75), two[2], 1e-6);
        assertEquals(0, two[3], 1e-5);
    }

    @Test
    void theImageIsCutOutOfTheInput() throws IOException {
        // an image of 6 x 2 fills the middle two rows of 6 x 6, and each pixel twice as large gives 12 x 4
        Fit fit = new Fit(new long[] {6, 2}, new long[] {0, -2});
        ArrayImg<FloatType, FloatArray> input = Places.of(at -> at[0] + (at[1] < 2 || at[1] > 3 ? 100 : 0), 6, 6, 1);
        float[] values = new float[36];
        int i = 0;
        for (FloatType value : input) {
            values[i++] = value.get();
        }
        LogitArray found = LogitArray.of(values, 6, 6).atImageSize(fit, 12, 2);
        assertArrayEquals(new long[] {12, 2, 1}, found.image().dimensionsAsLongArray());
        for (int x = 1; x < 11; x++) {
            for (int y = 0; y < 2; y++) {
                assertEquals((x + 0.5) / 2 - 0.5, found.image().getAt(x, y, 0).get(), 1e-5);
            }
        }
        Fit whole = Fit.unpadded(new long[] {6, 6});
        assertArrayEquals(
                values, LogitArray.of(values, 6, 6).atImageSize(whole, 6, 6).values());
    }
}
