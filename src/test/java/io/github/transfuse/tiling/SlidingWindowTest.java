package io.github.transfuse.tiling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that need no torch: what comes out is known exactly (after MONAI's test of sliding windows). */
class SlidingWindowTest {
    private static final int PAUSE_MILLIS = 10;
    private static final TilePredictor IDENTITY = (batch, shape) -> batch;

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(new long[] {1, 1}, new int[] {16, 16}, 0.5, 1),
                Arguments.of(new long[] {1, 50}, new int[] {16, 16}, 0.5, 3),
                Arguments.of(new long[] {7, 5}, new int[] {16, 16}, 0.25, 2),
                Arguments.of(new long[] {16, 16}, new int[] {16, 16}, 0.5, 4),
                Arguments.of(new long[] {17, 33}, new int[] {16, 16}, 0.5, 4),
                Arguments.of(new long[] {100, 61}, new int[] {16, 32}, 0.0, 5),
                Arguments.of(new long[] {53, 47}, new int[] {9, 7}, 0.83, 64),
                Arguments.of(new long[] {300, 200}, new int[] {64, 32}, 0.37, 7),
                Arguments.of(new long[] {20, 20}, new int[] {3, 3}, 0.99, 10),
                Arguments.of(new long[] {31, 23, 17}, new int[] {16, 16, 8}, 0.5, 3),
                Arguments.of(new long[] {5, 40, 3}, new int[] {16, 16, 16}, 0.6, 2),
                Arguments.of(new long[] {9, 8, 7, 6}, new int[] {4, 4, 4, 4}, 0.5, 6));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void identityReturnsTheImage(long[] size, int[] tile, double overlap, int batch) throws IOException {
        Img<FloatType> image = random(size);
        assertClose(values(image), run(image, tile, overlap, batch, IDENTITY).row(0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void timesTwoAndConstantAreTwoClasses(long[] size, int[] tile, double overlap, int batch) throws IOException {
        Img<FloatType> image = random(size);
        Collected result = run(image, tile, overlap, batch, SlidingWindowTest::twiceAndThree);
        float[] twice = values(image);
        float[] three = new float[twice.length];
        for (int i = 0; i < twice.length; i++) {
            twice[i] *= 2;
            three[i] = 3;
        }
        assertClose(twice, result.row(0));
        assertClose(three, result.row(1));
    }

    private static FloatBuffer twiceAndThree(FloatBuffer batch, int[] shape) {
        int pixels = Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
        FloatBuffer logits = FloatBuffer.allocate(2 * shape[0] * pixels);
        for (int n = 0; n < shape[0]; n++) {
            for (int i = 0; i < pixels; i++) {
                logits.put(2 * batch.get(n * pixels + i));
            }
            for (int i = 0; i < pixels; i++) {
                logits.put(3);
            }
        }
        return logits.flip();
    }

    @Test
    void tellsHowLongItWaitedForPixels() throws IOException {
        SlidingWindow window = SlidingWindow.over(TilePlan.of(new long[] {16, 160}, new int[] {16, 16}, 0), 1);
        TileReader slow = (tile, target) -> pause();
        TilePredictor slower = (batch, shape) -> {
            pause();
            pause();
            pause();
            return batch;
        };

        double waiting = window.run(slow, IDENTITY, (row, logits) -> {}, Progress.NONE) * 1e-6;
        double computing = window.run(slow, slower, (row, logits) -> {}, Progress.NONE) * 1e-6;

        assertTrue(waiting > 0.5 * 10 * PAUSE_MILLIS, () -> "most tiles are waited for, not " + waiting + " ms");
        assertTrue(computing < waiting / 2, () -> "tiles were read ahead, not waited for " + computing + " ms");
    }

    private static void pause() {
        LockSupport.parkNanos(1_000_000L * PAUSE_MILLIS);
    }

    @Test
    void oneTileGivesTheSameBits() throws IOException {
        Img<FloatType> image = random(12, 10);
        assertArrayEquals(
                values(image), run(image, new int[] {16, 16}, 0.5, 1, IDENTITY).row(0));
    }

    @Test
    void blendsByGaussianWeightsOfTheTiles() throws IOException {
        // two tiles along x; the network answers with the number of its call
        Img<FloatType> image = random(24, 16);
        int[] calls = {0};
        float[] blended = run(image, new int[] {16, 16}, 0.5, 1, (batch, shape) -> {
                    FloatBuffer logits = FloatBuffer.allocate(batch.remaining());
                    Arrays.fill(logits.array(), calls[0]++);
                    return logits;
                })
                .row(0);
        for (int x = 0; x < 24; x++) {
            double left = x < 16 ? bell(x) : 0;
            double right = x >= 8 ? bell(x - 8) : 0;
            assertEquals(right / (left + right), blended[5 * 24 + x], 1e-6, "x " + x);
        }
    }

    private static double bell(int i) {
        return Math.max(1e-3, Math.exp(-Math.pow((i - 7.5) / 2, 2) / 2));
    }

    @Test
    void channelsAndShapeReachTheNetworkInItsOrder() throws IOException {
        Img<FloatType> first = random(20, 9, 5);
        Img<FloatType> second = random(20, 9, 5);
        TilePlan plan = TilePlan.of(new long[] {20, 9, 5}, new int[] {8, 6, 4}, 0.5);
        Collected result = new Collected(Intervals.numElements(first), 20, 9);
        TileReader reader = new ImageTiles(plan, List.of(first, second));
        SlidingWindow.over(plan, 2)
                .withBatchSize(2)
                .run(
                        reader,
                        (batch, shape) -> {
                            assertArrayEquals(new int[] {shape[0], 2, 4, 6, 8}, shape);
                            return batch;
                        },
                        result,
                        Progress.NONE);
        assertClose(values(first), result.row(0));
        assertClose(values(second), result.row(1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tilesAreFilledByReflection(long[] size, int[] tile, double overlap, int batch) {
        Img<FloatType> image = random(size);
        TilePlan plan = TilePlan.of(size, tile, overlap);
        FloatBuffer target = FloatBuffer.allocate(plan.tilePixels());
        Tile last = plan.tile(plan.count() - 1);
        new ImageTiles(plan, List.of(image)).read(last, target);
        long[] position = new long[size.length];
        for (int i = 0; i < plan.tilePixels(); i++) {
            int rest = i;
            for (int d = 0; d < size.length; d++) {
                position[d] = Reflection.index(last.origin(d) + rest % tile[d], size[d]);
                rest /= tile[d];
            }
            assertEquals(image.getAt(position).get(), target.get(i));
        }
    }

    @Test
    void doesNotDependOnThreadTiming() throws IOException {
        Img<FloatType> image = random(150, 130);
        float[] once = run(image, new int[] {32, 32}, 0.6, 3, IDENTITY).row(0);
        TilePlan plan = TilePlan.of(new long[] {150, 130}, new int[] {32, 32}, 0.6);
        TileReader reader = new ImageTiles(plan, List.of(image));
        Random random = new Random(1);
        for (int readers = 1; readers <= 4; readers++) {
            Collected result = new Collected(150 * 130, 150, 130);
            SlidingWindow.over(plan, 1)
                    .withBatchSize(readers)
                    .withReaders(readers)
                    .run(
                            (tile, target) -> {
                                if (random.nextInt(8) == 0) {
                                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                                }
                                reader.read(tile, target);
                            },
                            IDENTITY,
                            result,
                            Progress.NONE);
            assertArrayEquals(once, result.row(0), "readers " + readers);
        }
    }

    private static Collected run(Img<FloatType> image, int[] tile, double overlap, int batch, TilePredictor network)
            throws IOException {
        long[] size = image.dimensionsAsLongArray();
        TilePlan plan = TilePlan.of(size, tile, overlap);
        Collected result = new Collected(image.size(), size);
        SlidingWindow.over(plan, 1)
                .withBatchSize(batch)
                .withReaders(2)
                .run(new ImageTiles(plan, List.of(image)), network, result, Progress.NONE);
        assertEquals(image.size(), result.received, "every pixel once");
        return result;
    }

    static Img<FloatType> random(long... size) {
        Img<FloatType> image = ArrayImgs.floats(size);
        Random random = new Random(7);
        image.forEach(p -> p.set(random.nextFloat() * 20 - 10));
        return image;
    }

    static float[] values(Img<FloatType> image) {
        float[] values = new float[(int) image.size()];
        int i = 0;
        for (FloatType value : image) {
            values[i++] = value.get();
        }
        return values;
    }

    private static void assertClose(float[] expected, float[] actual) {
        assertArrayEquals(expected, actual, 3e-5f);
    }

    /** Rows put together; fails if they do not come in raster order. */
    private static final class Collected implements RowSink {
        private final long[] size;
        private final float[][] classes = new float[2][];
        private final int pixels;
        private long received;

        Collected(long pixels, long... size) {
            this.pixels = (int) pixels;
            this.size = size;
        }

        float[] row(int k) {
            return classes[k];
        }

        @Override
        public void row(long[] position, float[][] logits) {
            long offset = 0;
            for (int d = position.length - 1; d >= 0; d--) {
                offset = offset * (d < size.length ? size[d] : 1) + position[d];
            }
            assertEquals(received, offset, "raster order");
            for (int k = 0; k < logits.length; k++) {
                if (classes[k] == null) {
                    classes[k] = new float[pixels];
                }
                System.arraycopy(logits[k], 0, classes[k], (int) offset, logits[k].length);
            }
            received += logits[0].length;
        }
    }

    @Test
    void refusesBadNumbersByTheirKey() {
        TilePlan plan = TilePlan.of(new long[] {9, 9}, new int[] {4, 4}, 0.5);
        SlidingWindow window = SlidingWindow.over(plan, 1);
        Exception e = assertThrows(IllegalArgumentException.class, () -> window.withBatchSize(0));
        assertTrue(e.getMessage().contains("batch_size"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> window.withBatchSize(Integer.MAX_VALUE));
        assertTrue(e.getMessage().contains("2 GiB"), e.getMessage());
        BlendWindow other = BlendWindow.gaussian(5, 4);
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindow(plan, other, 1, 1, 1));
    }
}
