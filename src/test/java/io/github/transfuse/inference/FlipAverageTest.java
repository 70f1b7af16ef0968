package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlipAverageTest {
    private static final int TILES = 2;
    private static final int WIDTH = 5;
    private static final int HEIGHT = 4;
    private static final int PIXELS = WIDTH * HEIGHT;

    /** Two classes from one channel, which depend on the place: the second pixel by pixel, the first on a neighbour. */
    private static final TilePredictor PLACE = (tiles, shape) -> {
        FloatBuffer out = FloatBuffer.allocate(TILES * 2 * PIXELS);
        for (int tile = 0; tile < TILES; tile++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int start = tile * PIXELS;
                    float own = tiles.get(tiles.position() + start + y * WIDTH + x);
                    float left = x == 0 ? 0 : tiles.get(tiles.position() + start + y * WIDTH + x - 1);
                    out.put(2 * start + y * WIDTH + x, own - 3 * left + x * y);
                    out.put(2 * start + PIXELS + y * WIDTH + x, own * (1 + x * x + 10 * y));
                }
            }
        }
        return out;
    };

    @Test
    void isTheMeanOverTheFourFlips() throws IOException {
        float[] image = new float[TILES * PIXELS];
        Random random = new Random(7);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat();
        }
        int[] shape = {TILES, 1, HEIGHT, WIDTH};
        double[] expected = new double[2 * image.length];
        for (boolean alongX : new boolean[] {false, true}) {
            for (boolean alongY : new boolean[] {false, true}) {
                float[] seen = flipped(image, alongX, alongY);
                float[] logits = new float[expected.length];
                PLACE.predict(FloatBuffer.wrap(seen), shape).get(logits);
                float[] back = flipped(logits, alongX, alongY);
                for (int i = 0; i < back.length; i++) {
                    expected[i] += back[i] / 4.0;
                }
            }
        }
        FloatBuffer found = new FlipAverage(PLACE).predict(FloatBuffer.wrap(image), shape);
        assertEquals(expected.length, found.remaining());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found.get(i), 1e-4, "value " + i);
        }
    }

    private static float[] flipped(float[] planes, boolean alongX, boolean alongY) {
        float[] out = new float[planes.length];
        for (int plane = 0; plane < planes.length / PIXELS; plane++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int row = alongY ? HEIGHT - 1 - y : y;
                    int column = alongX ? WIDTH - 1 - x : x;
                    out[plane * PIXELS + y * WIDTH + x] = planes[plane * PIXELS + row * WIDTH + column];
                }
            }
        }
        return out;
    }

    @Test
    void leavesItsInputAsItIs() throws IOException {
        float[] image = {1, 2, 3, 4, 5, 6};
        FloatBuffer tiles = FloatBuffer.wrap(image);
        new FlipAverage((seen, shape) -> seen).predict(tiles, new int[] {1, 1, 2, 3});
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, image);
        assertEquals(6, tiles.remaining());
    }
}
