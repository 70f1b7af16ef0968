package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resampling has half-pixel centres and keeps what it must keep. Expected numbers: the definition, by hand. */
class ResamplerTest {

    @Test
    void enlargingInterpolatesBetweenPixelCentres() {
        float[] row = Resampler.resample(new float[] {0, 4}, new int[] {2}, new int[] {4});
        assertArrayEquals(new float[] {0, 1, 3, 4}, row, 1e-6f);
    }

    @Test
    void halvingIsTheMeanOfTwo() {
        float[] row = Resampler.resample(new float[] {0, 4, 10, 20}, new int[] {4}, new int[] {2});
        assertArrayEquals(new float[] {2, 15}, row, 1e-6f);
    }

    @Test
    void shrinkingByTwoThirdsInterpolates() {
        // centres at 0.25 and 1.75
        float[] row = Resampler.resample(new float[] {0, 4, 12}, new int[] {3}, new int[] {2});
        assertArrayEquals(new float[] {1, 10}, row, 1e-6f);
    }

    @Test
    void shrinkingByMoreThanTwoTakesTheMeanOfTheArea() {
        // [0, 2.5) and [2.5, 5)
        float[] row = Resampler.resample(new float[] {1, 2, 3, 4, 5}, new int[] {5}, new int[] {2});
        assertArrayEquals(new float[] {(1 + 2 + 1.5f) / 2.5f, (1.5f + 4 + 5) / 2.5f}, row, 1e-6f);
    }

    @Test
    void dimensionsAreResampledOneByOneAndOuterOnesKept() {
        float[] values = {0, 1, 2, 3, 10, 11, 12, 13};
        float[] doubled = Resampler.resample(values, new int[] {2, 2, 2}, new int[] {2, 4, 2});
        assertArrayEquals(
                new float[] {0, 1, 0.5f, 1.5f, 1.5f, 2.5f, 2, 3, 10, 11, 10.5f, 11.5f, 11.5f, 12.5f, 12, 13},
                doubled,
                1e-6f);
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "7, 1", "7, 7", "5, 64", "64, 5", "13, 8"})
    void aConstantStaysConstantInThreeDimensions(int from, int to) {
        float[] values = new float[from * from * 3];
        Arrays.fill(values, 0.7f);
        for (float value : Resampler.resample(values, new int[] {3, from, from}, new int[] {2, to, to})) {
            assertEquals(0.7f, value, 1e-6f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 33, 77})
    void aRampStaysARamp(int to) {
        float[] ramp = new float[20];
        IntStream.range(0, 20).forEach(i -> ramp[i] = i + 0.5f);
        float[] resampled = Resampler.resample(ramp, new int[] {20}, new int[] {to});
        for (int i = 0; i < to; i++) {
            double centre = Math.min(Math.max((i + 0.5) * 20 / to, 0.5), 19.5);
            assertEquals(centre, resampled[i], 1e-4);
        }
    }

    @Test
    void integerImagesAreRead() {
        var image = ArrayImgs.unsignedShorts(new short[] {0, (short) 65_534}, 2, 1);
        assertArrayEquals(new double[] {0, 32_767, 65_534}, Pixels.of(Resampler.resample(image, 3, 1)), 0.01);
    }

    @Test
    void anImpossibleSizeIsRefused() {
        var image = ArrayImgs.unsignedBytes(2, 2);
        assertThrows(IllegalArgumentException.class, () -> Resampler.resample(image, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> Resampler.resample(image, 2));
    }
}
