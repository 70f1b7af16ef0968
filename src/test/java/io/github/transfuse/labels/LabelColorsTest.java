package io.github.transfuse.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelColorsTest {
    @Test
    void backgroundIsBlackAndTheRestBrightAndDistinct() {
        byte[][] lut = LabelColors.lut();
        assertEquals(0, lut[0][0] | lut[1][0] | lut[2][0]);
        assertEquals(
                256, IntStream.range(0, 256).map(LabelColors::rgb).distinct().count());
        for (int i = 1; i < 256; i++) {
            int brightest = Math.max(lut[0][i] & 0xff, Math.max(lut[1][i] & 0xff, lut[2][i] & 0xff));
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

    @Test
    void tableIsACopy() {
        LabelColors.lut()[0][1] ^= 1;
        assertEquals(LabelColors.rgb(1) >> 16, LabelColors.lut()[0][1] & 0xff);
    }
}
