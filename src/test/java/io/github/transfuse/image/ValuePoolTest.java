package io.github.transfuse.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.Normalization.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** Many images are fitted as one image that holds all of their pixels, which is the definition. */
class ValuePoolTest {
    private static CalibratedImage image(float[] pixels, int channels) {
        return CalibratedImage.of(
                "a",
                ArrayImgs.floats(pixels, pixels.length / channels, 1, channels),
                Axis.Kind.X,
                Axis.Kind.Y,
                Axis.Kind.CHANNEL);
    }

    private static float[] all(List<float[]> images) {
        int length = images.stream().mapToInt(pixels -> pixels.length).sum();
        float[] all = new float[length];
        int at = 0;
        for (float[] pixels : images) {
            System.arraycopy(pixels, 0, all, at, pixels.length);
            at += pixels.length;
        }
        return all;
    }

    private static List<float[]> images(Random random, double scale, boolean whole) {
        List<float[]> images = new ArrayList<>();
        for (int length : new int[] {7, 1000, 1, 333}) {
            float[] pixels = new float[length];
            double bright = random.nextDouble() * scale;
            for (int i = 0; i < length; i++) {
                double value = bright + random.nextGaussian() * scale / 4;
                pixels[i] = (float) (whole ? Math.rint(Math.max(-16_384, Math.min(16_384, value - scale / 2))) : value);
            }
            images.add(pixels);
        }
        return images;
    }

    private static FittedNormalization pooled(Normalization rule, List<float[]> images) {
        ValuePool pool = new ValuePool(rule);
        assertTrue(pool.isEmpty());
        images.forEach(pixels -> pool.add(image(pixels, 1)));
        return pool.fit();
    }

    @Test
    void percentilesOfWholeNumbersAreThoseOfAllPixels() {
        Random random = new Random(3);
        for (double[] ends : new double[][] {{0, 100}, {1, 99.8}, {37.3, 37.4}, {50, 75}}) {
            List<float[]> images = images(random, 16_000, true);
            Normalization rule = new Normalization(Kind.PERCENTILE, List.of(0.4), List.of(0.2), ends[0], ends[1]);
            assertEquals(Normalizer.fit(rule, image(all(images), 1)), pooled(rule, images));
        }
    }

    @Test
    void percentilesOfOtherNumbersAreNear() {
        Random random = new Random(4);
        for (double scale : new double[] {1e-6, 1, 1e9}) {
            List<float[]> images = images(random, scale, false);
            Normalization rule = new Normalization(Kind.PERCENTILE, List.of(), List.of(), 2, 98);
            FittedNormalization expected = Normalizer.fit(rule, image(all(images), 1));
            FittedNormalization actual = pooled(rule, images);
            double exact = expected.scale().get(0);
            assertEquals(exact, actual.scale().get(0), exact / 2000);
            assertEquals(expected.mean().get(0), actual.mean().get(0), 1e-3);
        }
    }

    @Test
    void meanAndDeviationAreThoseOfAllPixels() {
        List<float[]> images = images(new Random(5), 1000, false);
        Normalization rule = new Normalization(Kind.ZSCORE, List.of(), List.of(), 0, 100);
        FittedNormalization expected = Normalizer.fit(rule, image(all(images), 1));
        FittedNormalization actual = pooled(rule, images);
        assertEquals(1, actual.scale().get(0));
        assertEquals(expected.mean().get(0), actual.mean().get(0), 1e-6);
        assertEquals(expected.std().get(0), actual.std().get(0), 1e-6);
    }

    @Test
    void channelsAreApart() {
        ValuePool pool = new ValuePool(new Normalization(Kind.PERCENTILE, List.of(), List.of(), 0, 100));
        pool.add(image(new float[] {1, 3, 10, 70}, 2));
        pool.add(image(new float[] {5, 2, 20, 60}, 2));
        assertEquals(
                new FittedNormalization(
                        List.of(1 / 4.0, 1 / 60.0), List.of(1 / 4.0, 10 / 60.0), Collections.nCopies(2, 1.0)),
                pool.fit());
    }

    @Test
    void thereMustBeSomethingToFit() {
        Normalization fixed = Normalization.IMAGENET;
        assertThrows(IllegalArgumentException.class, () -> new ValuePool(fixed));
        Normalization rule = new Normalization(Kind.ZSCORE, List.of(), List.of(), 0, 100);
        assertThrows(IllegalStateException.class, new ValuePool(rule)::fit);
    }
}
