package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

class ClassMapTest {
    @Test
    void foregroundIsStrictlyAboveTheThreshold() {
        float[][] logits = {{0, Math.ulp(0f), -1e-6f, 30, Float.NaN, Float.NEGATIVE_INFINITY}};
        assertArrayEquals(new byte[] {0, 1, 0, 1, 0, 0}, classify(ClassMap.ofLogits(0.5), logits));
        float[][] p = {{0.3f, 0.30001f, 0.29f, 1, 0}};
        assertArrayEquals(new byte[] {0, 1, 0, 1, 0}, classify(ClassMap.ofProbabilities(0.3f), p));
    }

    @Test
    void extremeThresholdsTakeAllOrNothing() {
        float[][] logits = {{-80, 0, 80}};
        assertArrayEquals(new byte[] {1, 1, 1}, classify(ClassMap.ofLogits(0), logits));
        assertArrayEquals(new byte[] {0, 0, 0}, classify(ClassMap.ofLogits(1), logits));
        assertThrows(IllegalArgumentException.class, () -> ClassMap.ofLogits(1.01));
        assertThrows(IllegalArgumentException.class, () -> ClassMap.ofProbabilities(Double.NaN));
    }

    @Test
    void largestOfManyWinsAndTheFirstOfEqual() {
        float[][] logits = {{1, 0, 2, Float.NaN, 0}, {0, 5, 2, -1, 0}, {3, 1, 1, -2, 1}};
        assertArrayEquals(new byte[] {2, 1, 0, 1, 2}, classify(ClassMap.ofLogits(0.5), logits));
        Probabilities.ofLogits(logits);
        assertEquals(1, logits[0][0] + logits[1][0] + logits[2][0], 1e-6);
        assertEquals(Math.exp(1) / (Math.exp(1) + 1 + Math.exp(3)), logits[0][0], 1e-6);
    }

    private static byte[] classify(ClassMap rule, float[][] values) {
        byte[] classes = new byte[values[0].length];
        rule.classify(values, classes);
        return classes;
    }

    @Test
    void sigmoidOfOneClass() {
        float[][] logits = {{0, 2, -100}};
        Probabilities.ofLogits(logits);
        assertArrayEquals(new float[] {0.5f, (float) (1 / (1 + Math.exp(-2))), 0}, logits[0], 1e-7f);
    }

    @Test
    void volumesHaveTheClassAsLastAxis() {
        float[] values = new float[2 * 3 * 4 * 3];
        for (int i = 0; i < 24; i++) {
            values[24 * (i % 3) + i] = 1;
        }
        Img<FloatType> logits = ArrayImgs.floats(values, 2, 3, 4, 3);
        Img<UnsignedByteType> classes = ArrayImgs.unsignedBytes(2, 3, 4);
        ClassMap.ofLogits(0.5).classify(logits, classes);
        int i = 0;
        for (UnsignedByteType c : classes) {
            assertEquals(i++ % 3, c.get());
        }
        assertThrows(IllegalArgumentException.class, () -> ClassMap.ofLogits(0.5)
                .classify(logits, ArrayImgs.unsignedBytes(2, 3, 5)));
    }
}
