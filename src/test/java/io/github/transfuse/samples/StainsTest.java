package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stronger and weaker stains, whatever a model sees as black and white. */
class StainsTest {
    private static final int SIDE = 16;
    private static final float ROUNDING = 2e-4f;

    /** Haematoxylin and eosin of several strengths, by the law of Beer and Lambert. */
    private static float[] stored(double haematoxylin, double eosin) {
        double[][] vectors = {{0.650, 0.704, 0.286}, {0.072, 0.990, 0.105}};
        float[] stored = new float[3 * SIDE * SIDE];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < SIDE * SIDE; i++) {
                int column = i % SIDE;
                int row = i / SIDE;
                double density = haematoxylin * (0.2 + column * 0.06) * vectors[0][c]
                        + eosin * (0.1 + row * 0.05) * vectors[1][c];
                stored[c * SIDE * SIDE + i] = (float) (255 * Math.exp(-density));
            }
        }
        return stored;
    }

    private static float[] units(float[] stored, Units units) {
        float[] values = stored.clone();
        for (int i = 0; i < values.length; i++) {
            int c = i / (SIDE * SIDE);
            values[i] = values[i] * units.gain()[c] + units.offset()[c];
        }
        return values;
    }

    private static Example example(float[] stored, Units units) {
        byte[] bytes = new byte[stored.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(stored[i]);
        }
        return new Example("s", Picture.ofBytes(SIDE, SIDE, bytes), units, new byte[SIDE * SIDE]);
    }

    private static Units fitted(Normalization.Kind kind) {
        return switch (kind) {
            case FIXED -> new Units(new float[] {1 / 255f, 1 / 255f, 1 / 255f}, new float[3]);
            case PERCENTILE -> new Units(new float[] {1 / 180f, 1 / 200f, 1 / 120f}, new float[] {-0.3f, -0.1f, -0.9f});
            default -> new Units(new float[] {1 / 40f, 1 / 30f, 1 / 35f}, new float[] {-4, -5, -4.4f});
        };
    }

    @ParameterizedTest
    @EnumSource(Normalization.Kind.class)
    void strongerStainIsMoreOfIt(Normalization.Kind kind) {
        Units units = fitted(kind);
        float[] image = units(stored(1, 1), units);
        Light light = kind == Normalization.Kind.FIXED ? Light.OF_UNITS : Light.of(example(stored(1, 1), units));
        Stains.scale(image, light, 1.2, 0.85, 1);
        float[] expected = units(stored(1.2, 0.85), units);
        for (int i = 0; i < image.length; i++) {
            assertEquals(expected[i], image[i], ROUNDING * 10, "at " + i);
        }
        Stains.scale(image, light, 1, 1, 1);
        assertArrayEquals(expected, image, ROUNDING * 10);
    }

    /** In a training of each kind of normalisation the switch changes about half of the examples. */
    @ParameterizedTest
    @EnumSource(Normalization.Kind.class)
    void theSwitchWorksUnderEachNormalization(Normalization.Kind kind) {
        Normalization rule = kind == Normalization.Kind.FIXED
                ? Normalization.IMAGENET
                : new Normalization(kind, List.of(), List.of(), 1, 99.8);
        Example example = example(stored(1, 1), fitted(kind));
        float[] plain = augmented(Set.of(), example, rule, 1);
        int changed = 0;
        for (int seed = 0; seed < 40; seed++) {
            float[] stained = augmented(Set.of(Augmenter.STAIN), example, rule, seed);
            changed += Arrays.equals(plain, stained) ? 0 : 1;
        }
        assertTrue(changed > 10 && changed < 30, changed + " of 40");
    }

    private static float[] augmented(Set<String> switches, Example example, Normalization rule, long seed) {
        Augmenter.Buffers buffers = new Augmenter.Buffers(new float[3 * SIDE * SIDE], new float[SIDE * SIDE]);
        new Augmenter(switches, true, rule).apply(example, Frame.whole(example), new SplittableRandom(seed), buffers);
        return buffers.image();
    }

    @Test
    void anImageOfOneValueStaysAsItIs() {
        Units flat = new Units(new float[3], new float[3]);
        assertEquals(Light.OF_UNITS, Light.of(example(stored(0, 0), flat)));
    }
}
