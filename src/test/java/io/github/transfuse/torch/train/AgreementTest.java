package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.Truth;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final double SMOOTH = 1e-3;

    private static Truth truth(String image, int... classes) {
        byte[] values = new byte[classes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) classes[i];
        }
        return new Truth(image, 1, values.length, values);
    }

    @Test
    void imagesCountAlikeAndEmptyOnesAreRight() {
        Agreement agreement = new Agreement(1);
        agreement.add(new float[] {1, 1, 0, 0}, truth("a", 1, 0, 0, 0));
        agreement.add(new float[] {0, 0}, truth("b", 0, 0));
        assertEquals(((2 + SMOOTH) / (3 + SMOOTH) + 1) / 2, agreement.dice(), 1e-12);
        assertEquals(((1 + SMOOTH) / (2 + SMOOTH) + 1) / 2, agreement.iou(), 1e-12);
    }

    /** Slice by slice the second would have a Dice of 0.001 / 1.001. */
    @Test
    void slicesOfAStackAreOneImage() {
        Agreement agreement = new Agreement(1);
        agreement.add(new float[] {1, 1, 1, 0}, truth("stack", 1, 1, 1, 0));
        agreement.add(new float[] {0, 0, 0, 1}, truth("stack", 0, 0, 0, 0));
        assertEquals((6 + SMOOTH) / (7 + SMOOTH), agreement.dice(), 1e-12);
        assertEquals((3 + SMOOTH) / (4 + SMOOTH), agreement.iou(), 1e-12);
    }

    @Test
    void classesThatArePresentCountAlikeAndIgnoredPixelsNot() {
        Agreement agreement = new Agreement(3);
        agreement.add(new float[] {1, 2, 2, 1}, truth("a", 1, 2, 1, Example.IGNORED));
        double first = (2 + SMOOTH) / (3 + SMOOTH);
        double second = (2 + SMOOTH) / (3 + SMOOTH);
        assertEquals((first + second) / 2, agreement.dice(), 1e-12);
    }
}
