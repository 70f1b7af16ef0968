package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FitTest {
    @Test
    void keepsTheAspectToTheNearestPixelInTheMiddle() {
        for (int width = 1; width <= 60; width++) {
            for (int height = 1; height <= 60; height++) {
                checkPlane(width, height, new int[] {32, 27});
            }
        }
    }

    private static void checkPlane(int width, int height, int[] input) {
        Fit fit = Fit.of(new long[] {width, height}, input, true);
        String what = width + " x " + height;
        // the exact size in pixels is input * image / longest, which fills one axis
        boolean wide = (long) width * input[1] >= (long) height * input[0];
        double exactWidth = wide ? input[0] : (double) width * input[1] / height;
        double exactHeight = wide ? (double) height * input[0] / width : input[1];
        checkAxis(exactWidth, input[0], fit.size()[0], fit.origin()[0], what);
        checkAxis(exactHeight, input[1], fit.size()[1], fit.origin()[1], what);
    }

    private static void checkAxis(double exact, int input, long size, long origin, String what) {
        assertTrue(size >= 1 && size <= input, what);
        assertTrue(Math.abs(size - exact) <= 0.5 + 1e-9 || (exact < 0.5 && size == 1), what + ": " + size);
        long before = -origin;
        long after = input - size - before;
        assertTrue(after == before || after == before + 1, () -> what + ": " + before + " before, " + after + " after");
    }

    @Test
    void squashesWhereTheAspectIsNotKept() {
        Fit fit = Fit.of(new long[] {100, 7, 31}, new int[] {32, 24, 16}, false);
        assertArrayEquals(new long[] {32, 24, 16}, fit.size());
        assertArrayEquals(new long[3], fit.origin());
    }

    @Test
    void theWindowIsWhereTheImageLies() {
        Fit fit = Fit.of(new long[] {100, 68}, new int[] {32, 32}, true);
        assertEquals(22, fit.size()[1], "21.76 pixels");
        assertArrayEquals(new double[] {0, 5}, fit.window().origin());
        assertArrayEquals(new double[] {32, 22}, fit.window().length());
    }
}
