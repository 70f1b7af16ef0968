package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.transfuse.model.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.parallel.Parallelization;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalisation turns values into what the model's rule says. */
class NormalizerTest {
    private static final Normalization PERCENTILE =
            new Normalization(Normalization.Kind.PERCENTILE, List.of(), List.of(), 1, 99.8);
    private static final Normalization ZSCORE =
            new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);

    @Test
    void aFewValuesGiveTheRangeOfAChannelThatIsElseConstant() {
        float[] pixels = new float[2000];
        Arrays.fill(pixels, 7);
        pixels[1234] = 65_535;
        List<String> notes = new ArrayList<>();
        FittedNormalization fitted =
                Normalizer.fit(PERCENTILE, channelsLast(ArrayImgs.floats(pixels, 100, 20, 1)), notes::add);
        float[] values = {7, 65_535};
        fitted.apply(0, values);
        assertArrayEquals(new float[] {0, 1}, values, 1e-6f);
        assertEquals(List.of("Nearly all values of a channel are equal: its few others give its range."), notes);
    }

    @ParameterizedTest
    @EnumSource(value = Normalization.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "WINDOW")
    void rangesThatNoFloatCanDivideByStayFinite(Normalization.Kind kind) {
        for (float[] pixels : new float[][] {
            {0, Float.MIN_VALUE, 2 * Float.MIN_VALUE}, {-Float.MAX_VALUE, Float.MAX_VALUE, 0}, {5, 5, 5}, {0, 0, 0}
        }) {
            Normalization rule = new Normalization(kind, List.of(), List.of(), 1, 99.8);
            FittedNormalization fitted = Normalizer.fit(rule, channelsLast(ArrayImgs.floats(pixels.clone(), 3, 1, 1)));
            fitted.apply(0, pixels);
            for (float value : pixels) {
                assertTrue(Math.abs(value) <= 5, kind + ": " + Arrays.toString(pixels));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void percentilesAreThoseOfTheSortedPixels(int count) {
        Random random = new Random(count);
        float[] pixels = new float[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3));
        }
        OrderStatistics order = new OrderStatistics(ArrayImgs.floats(pixels.clone(), count, 1));
        Arrays.sort(pixels);
        for (double percent : new double[] {0, 0.1, 50, 99.8, 100}) {
            double rank = percent / 100 * (count - 1);
            int low = (int) rank;
            double high = pixels[Math.min(low + 1, count - 1)];
            assertEquals(pixels[low] + (rank - low) * (high - pixels[low]), order.percentile(percent), 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void percentilesOfBytesAreThoseOfTheSameFloats(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = bytes[i] & 0xff;
        }
        OrderStatistics ofBytes = new OrderStatistics(ArrayImgs.unsignedBytes(bytes, count, 1));
        OrderStatistics ofFloats = new OrderStatistics(ArrayImgs.floats(floats, count, 1));
        for (double percent : new double[] {0, 0.1, 1, 33.3, 50, 99.8, 100}) {
            assertEquals(ofFloats.percentile(percent), ofBytes.percentile(percent));
        }
    }

    @Test
    void percentilesGoToZeroAndOnePerChannel() {
        float[] pixels = new float[2 * 1001];
        for (int i = 0; i <= 1000; i++) {
            pixels[i] = i;
            pixels[1001 + i] = -3 * i;
        }
        FittedNormalization fitted = Normalizer.fit(PERCENTILE, channelsLast(ArrayImgs.floats(pixels, 1001, 1, 2)));
        float[] first = {10, 998};
        fitted.apply(0, first);
        assertArrayEquals(new float[] {0, 1}, first, 1e-6f);
        // Ranks 10 and 998 of the descending channel
        float[] second = {-2970, -6};
        fitted.apply(1, second);
        assertArrayEquals(new float[] {0, 1}, second, 1e-6f);
    }

    @Test
    void zscoresHaveMeanZeroAndDeviationOneOnAnyNumberOfThreads() {
        Random random = new Random(3);
        float[] pixels = new float[300 * 200];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 1000 + 5 * (float) random.nextGaussian();
        }
        CalibratedImage image = channelsLast(ArrayImgs.floats(pixels, 300, 200, 1));
        FittedNormalization fitted = Normalizer.fit(ZSCORE, image);
        assertEquals(1000, fitted.mean().get(0), 0.1);
        assertEquals(5, fitted.std().get(0), 0.1);
        assertEquals(fitted, Parallelization.runSingleThreaded(() -> Normalizer.fit(ZSCORE, image)));
    }

    @Test
    void aConstantImageStaysFinite() {
        CalibratedImage image = channelsLast(ArrayImgs.unsignedBytes(new byte[] {9, 9, 9, 9}, 2, 2, 1));
        for (Normalization rule : List.of(PERCENTILE, ZSCORE)) {
            float[] values = {9};
            Normalizer.fit(rule, image).apply(0, values);
            assertEquals(0, values[0]);
        }
    }

    @Test
    void aFitIsStoredAsJson() {
        FittedNormalization fitted =
                new FittedNormalization(List.of(1 / 255.0, 2.0), List.of(0.1, 0.2), List.of(0.3, 0.4));
        JsonObject json = JsonParser.parseString(fitted.toJson().toString()).getAsJsonObject();
        assertEquals(fitted, FittedNormalization.fromJson(json));
        assertThrows(IllegalArgumentException.class, () -> FittedNormalization.fromJson(new JsonObject()));
    }

    @Test
    void aRuleForOtherChannelsIsRefused() {
        CalibratedImage image = channelsLast(ArrayImgs.unsignedBytes(1, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> Normalizer.fit(Normalization.IMAGENET, image));
    }

    private static CalibratedImage channelsLast(RandomAccessibleInterval<? extends RealType<?>> pixels) {
        return CalibratedImage.of("test", pixels, Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL);
    }
}
