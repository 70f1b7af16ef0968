package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelColorsTest {
    @Test
    void backgroundIsBlackAndTheRestBrightAndDistinct() {
        assertEquals(0x000000, LabelColors.rgb(0));
        assertEquals(
                256, IntStream.range(0, 256).map(LabelColors::rgb).distinct().count());
        for (int i = 1; i < 256; i++) {
            int rgb = LabelColors.rgb(i);
            int brightest = Math.max(rgb >> 16, Math.max(rgb >> 8 & 0xff, rgb & 0xff));
            assertTrue(brightest > 90, "colour " + i);
        }
    }

    @Test
    void firstColoursAreFarApart() {
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < i; j++) {
                int a = LabelColors.rgb(i);
                int b = LabelColors.rgb(j);
                int distance = Math.abs((a >> 16) - (b >> 16))
                        + Math.abs(((a >> 8) & 0xff) - ((b >> 8) & 0xff))
                        + Math.abs((a & 0xff) - (b & 0xff));
                assertTrue(distance > 80, i + " and " + j + ": " + distance);
            }
        }
    }

    @Test
    void coloursComeAgainWithoutBlack() {
        assertEquals(LabelColors.rgb(1), LabelColors.rgb(256));
        assertEquals(LabelColors.rgb(255), LabelColors.rgb(510));
    }
}
