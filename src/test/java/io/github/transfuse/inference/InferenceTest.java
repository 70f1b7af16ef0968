package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Resampler;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Mode;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.tiling.TilePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** With a network that returns its input, logits are the normalised image, however it is cut, resampled or padded. */
class InferenceTest {
    private static final int CHANNELS = 2;
    private static final FittedNormalization NUMBERS =
            new FittedNormalization(List.of(2.0, 1.0), List.of(0.5, -1.0), List.of(4.0, 0.5));

    private final List<String> shapes = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final TilePredictor network = (tiles, shape) -> {
        shapes.add(Arrays.toString(shape));
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        assertEquals(count, tiles.remaining(), "values of " + Arrays.toString(shape));
        FloatBuffer logits = FloatBuffer.allocate(count);
        logits.put(tiles.duplicate());
        return logits.flip();
    };
    private final Progress progress = new Progress() {
        @Override
        public void report(long done, long total, String step) {
            told.add(done + "/" + total);
        }

        @Override
        public boolean isCanceled() {
            return false;
        }
    };

    private Inference of(InputSpec input, AreaOfInterest area, int batch) {
        return new Inference(
                Specs.of(input, CHANNELS), TileGrid.of(input), network, new Inference.Work(area, 2, plan -> batch));
    }

    private ArrayImg<FloatType, FloatArray> run(Inference inference, Inference.Plane plane) throws IOException {
        ArrayImg<FloatType, FloatArray> logits = ArrayImgs.floats(Places.with(plane.size(), CHANNELS));
        inference.run(plane, Places.into(logits), progress);
        return logits;
    }

    private static ArrayImg<FloatType, FloatArray> normalized(RandomAccessibleInterval<FloatType> image) {
        int last = image.numDimensions() - 1;
        return Places.of(
                at -> {
                    double value = image.getAt(at).get();
                    return at[last] == 0 ? (value * 2 - 0.5) / 4 : (value + 1) / 0.5;
                },
                image.dimensionsAsLongArray());
    }

    @Test
    void tilesOfPlanesPilesAndVolumes() throws IOException {
        InputSpec planes = Specs.input(Rule.TILE, List.of(16, 32), Mode.SLICES);
        for (long[] size : new long[][] {{50, 41}, {9, 7}, {32, 16}, {40, 33, 5}}) {
            ArrayImg<FloatType, FloatArray> image = Places.random(1, Places.with(size, CHANNELS));
            Inference inference = of(planes, AreaOfInterest.ALL, 3);
            ArrayImg<FloatType, FloatArray> logits =
                    run(inference, new Inference.Plane(image, NUMBERS, Optional.empty()));
            LogitImageTest.assertSame(normalized(image), logits, Arrays.toString(size));
            assertEquals(
                    TileGrid.of(planes).plan(size).count(), inference.counts().tiles());
            assertEquals(3, inference.counts().batchSize());
            assertTrue(
                    inference.counts().waitedSeconds() > 0 && inference.counts().waitedSeconds() < 60);
        }
        assertTrue(shapes.stream().allMatch(shape -> shape.matches("\\[[123], 2, 16, 32]")), shapes::toString);
        shapes.clear();
        InputSpec volumes = Specs.input(Rule.TILE, List.of(8, 16, 24), Mode.VOLUME);
        ArrayImg<FloatType, FloatArray> image = Places.random(1, 50, 21, 13, CHANNELS);
        ArrayImg<FloatType, FloatArray> logits =
                run(of(volumes, AreaOfInterest.ALL, 2), new Inference.Plane(image, NUMBERS, Optional.empty()));
        LogitImageTest.assertSame(normalized(image), logits, "volume");
        assertTrue(shapes.stream().allMatch(shape -> shape.matches("\\[[12], 2, 8, 16, 24]")), shapes::toString);
    }

    @Test
    void anotherPixelSizeIsResampledThereAndBack() throws IOException {
        InputSpec input = Specs.input(Rule.TILE, List.of(16, 16), Mode.SLICES, 1.0, 0.5);
        ArrayImg<FloatType, FloatArray> image = Places.random(8, 21, 18, CHANNELS);
        // 21 pixels of 1 are 42 of 0.5, 18 of 3 are 54 of 1
        ArrayImg<FloatType, FloatArray> logits =
                run(of(input, AreaOfInterest.ALL, 2), new Inference.Plane(image, NUMBERS, Optional.of(new double[] {1, 3
                })));
        LogitImageTest.assertSame(thereAndBack(image, 42, 54), logits, "plane");
        assertArrayEquals(new long[] {21, 18, CHANNELS}, logits.dimensionsAsLongArray());
    }

    private static ArrayImg<FloatType, FloatArray> thereAndBack(
            RandomAccessibleInterval<FloatType> image, long width, long height) {
        RandomAccessibleInterval<FloatType> there = Resampler.resample(image, width, height, CHANNELS);
        // back as images are resampled: no axis shrinks by more than two, where the two ways would differ
        RandomAccessibleInterval<FloatType> back = bilinear(there, image.dimension(0), image.dimension(1));
        return normalized(back);
    }

    private static RandomAccessibleInterval<FloatType> bilinear(
            RandomAccessibleInterval<FloatType> image, long width, long height) {
        return Places.of(
                at -> {
                    double x = inside((at[0] + 0.5) * image.dimension(0) / width - 0.5, image.dimension(0));
                    double y = inside((at[1] + 0.5) * image.dimension(1) / height - 0.5, image.dimension(1));
                    double sum = 0;
                    for (long v = (long) y; v <= Math.min((long) y + 1, image.dimension(1) - 1); v++) {
                        for (long u = (long) x; u <= Math.min((long) x + 1, image.dimension(0) - 1); u++) {
                            sum += (1 - Math.abs(u - x))
                                    * (1 - Math.abs(v - y))
                                    * image.getAt(u, v, at[2]).get();
                        }
                    }
                    return sum;
                },
                width,
                height,
                CHANNELS);
    }

    private static double inside(double at, long size) {
        return Math.max(0, Math.min(size - 1d, at));
    }

    @Test
    void planesOfAResampledPileAreThoseAlone() throws IOException {
        InputSpec input = Specs.input(Rule.TILE, List.of(16, 16), Mode.SLICES, 1.0, 1.0);
        ArrayImg<FloatType, FloatArray> pile = Places.random(8, 21, 18, 13, CHANNELS);
        Optional<double[]> size = Optional.of(new double[] {2, 1.5});
        for (int batch : new int[] {1, 3, 40}) {
            shapes.clear();
            told.clear();
            Inference inference = of(input, AreaOfInterest.ALL, batch);
            ArrayImg<FloatType, FloatArray> logits = run(inference, new Inference.Plane(pile, NUMBERS, size));
            for (int z = 0; z < 13; z++) {
                LogitImageTest.assertSame(
                        thereAndBack(Views.hyperSlice(pile, 2, z), 42, 27),
                        copy(Views.hyperSlice(logits, 2, z)),
                        "plane " + z + " of batches of " + batch);
            }
            assertEquals(
                    13 * TileGrid.of(input).plan(42, 27).count(),
                    inference.counts().tiles());
            assertFalse(told.isEmpty());
            String[] last = told.get(told.size() - 1).split("/", 2);
            assertEquals(last[1], last[0], "all of it is told in the end");
            long before = -1;
            for (String step : told) {
                String[] parts = step.split("/", 2);
                long permille = Long.parseLong(parts[0]) * 1000 / Long.parseLong(parts[1]);
                assertTrue(permille >= before && permille <= 1000, told::toString);
                before = permille;
            }
        }
        // 4 batches of 40 hold 10 planes of 15 tiles: 150 tiles, and then the 45 of the other planes
        assertEquals(
                List.of(40, 40, 40, 30, 40, 5),
                shapes.stream()
                        .map(shape -> Integer.valueOf(shape.substring(1, shape.indexOf(','))))
                        .toList());
    }

    private static ArrayImg<FloatType, FloatArray> copy(RandomAccessibleInterval<FloatType> image) {
        return Places.of(at -> image.getAt(at).get(), image.dimensionsAsLongArray());
    }

    @Test
    void aWholeImageIsSquashedOrPadded() throws IOException {
        for (Rule rule : new Rule[] {Rule.RESIZE, Rule.RESIZE_PADDED}) {
            shapes.clear();
            told.clear();
            InputSpec input = Specs.input(rule, List.of(32, 48), Mode.SLICES);
            // a slope stays one: where it is cut off at the borders it is wrong by half a pixel at most
            ArrayImg<FloatType, FloatArray> slope =
                    Places.of(at -> 0.2 * at[0] - 0.1 * at[1] + at[2], 40, 16, CHANNELS);
            Inference inference = of(input, AreaOfInterest.ALL, 5);
            ArrayImg<FloatType, FloatArray> logits =
                    run(inference, new Inference.Plane(slope, NUMBERS, Optional.empty()));
            ArrayImg<FloatType, FloatArray> expected = normalized(slope);
            for (int y = 1; y < 15; y++) {
                for (int x = 1; x < 39; x++) {
                    for (int c = 0; c < CHANNELS; c++) {
                        assertEquals(
                                expected.getAt(x, y, c).get(),
                                logits.getAt(x, y, c).get(),
                                1e-4,
                                rule + " " + x + " " + y);
                    }
                }
            }
            assertEquals(List.of("[1, 2, 32, 48]"), shapes);
            assertEquals(List.of("0/1", "1/1"), told);
            assertEquals(1, inference.counts().tiles());
            assertEquals(1, inference.counts().batchSize());
            double seconds = inference.counts().waitedSeconds();
            assertTrue(seconds > 0 && seconds < 60, "waited " + seconds);
            run(inference, new Inference.Plane(slope, NUMBERS, Optional.empty()));
            assertEquals(2, inference.counts().tiles());
            assertTrue(inference.counts().waitedSeconds() > seconds);
        }
    }

    @Test
    void theWholeInputIsTheResampledImageReflectedAround() throws IOException {
        InputSpec input = Specs.input(Rule.RESIZE_PADDED, List.of(32, 32), Mode.SLICES);
        ArrayImg<FloatType, FloatArray> image = Places.random(5, 64, 40, 1);
        List<float[]> seen = new ArrayList<>();
        new Inference(
                        Specs.of(input, 1),
                        TileGrid.of(input),
                        (tiles, shape) -> {
                            float[] values = new float[tiles.remaining()];
                            tiles.duplicate().get(values);
                            seen.add(values);
                            return FloatBuffer.allocate(values.length);
                        },
                        new Inference.Work(AreaOfInterest.ALL, 1, plan -> 1))
                .run(Inference.Plane.ofNormalized(image), (position, row) -> {}, Progress.NONE);
        RandomAccessibleInterval<FloatType> small = Resampler.resample(image, 32, 20, 1);
        for (int y = 0; y < 32; y++) {
            int row = y < 6 ? 6 - y : y < 26 ? y - 6 : 19 - (y - 25);
            for (int x = 0; x < 32; x++) {
                assertEquals(small.getAt(x, row, 0).get(), seen.get(0)[y * 32 + x], x + " " + y);
            }
        }
    }

    @Test
    void whatIsNotOfInterestIsBackground() throws IOException {
        InputSpec input = Specs.input(Rule.TILE, List.of(16, 16), Mode.SLICES);
        ArrayImg<FloatType, FloatArray> image = Places.of(at -> 3, 64, 48, CHANNELS);
        List<double[]> asked = new ArrayList<>();
        AreaOfInterest area = (left, top, right, bottom) -> {
            synchronized (asked) {
                asked.add(new double[] {left, top, right, bottom});
            }
            return left < 0.25 && top < 0.5;
        };
        Inference inference = of(input, area, 1);
        ArrayImg<FloatType, FloatArray> logits = run(inference, Inference.Plane.ofNormalized(image));
        // tiles begin every 8 pixels: of those of interest, 2 begin before 16 and 3 before 24
        assertEquals(6, inference.counts().tiles());
        assertEquals(3, logits.getAt(0, 0, 1).get(), 1e-5);
        assertEquals(20, logits.getAt(63, 0, 0).get(), "background is certain");
        assertEquals(0, logits.getAt(63, 0, 1).get());
        assertEquals(20, logits.getAt(0, 47, 0).get());
        for (double[] rectangle : asked) {
            assertEquals(16.0 / 64, rectangle[2] - rectangle[0], 1e-12, "a tile of 64 pixels");
            assertEquals(16.0 / 48, rectangle[3] - rectangle[1], 1e-12, "a tile of 48 pixels");
            assertTrue(rectangle[0] >= 0 && rectangle[2] <= 1 && rectangle[1] >= 0 && rectangle[3] <= 1);
            assertEquals(0, rectangle[0] * 8 % 1, 1e-12);
            assertEquals(0, rectangle[1] * 6 % 1, 1e-12);
        }
    }

    @Test
    void aTileLargerThanTheImageCoversAllOfIt() throws IOException {
        InputSpec input = Specs.input(Rule.TILE, List.of(32, 32), Mode.SLICES);
        List<String> asked = new ArrayList<>();
        AreaOfInterest area = (left, top, right, bottom) -> {
            synchronized (asked) {
                asked.add(left + " " + top + " " + right + " " + bottom);
            }
            return true;
        };
        run(of(input, area, 1), Inference.Plane.ofNormalized(Places.random(1, 20, 10, CHANNELS)));
        assertEquals(List.of("0.0 0.0 1.0 1.0"), asked.stream().distinct().toList());
    }

    @Test
    void stopsWhenAsked() {
        Progress canceled = new Progress() {
            @Override
            public void report(long done, long total, String step) {
                told.add(step);
            }

            @Override
            public boolean isCanceled() {
                return true;
            }
        };
        Inference.Plane plane = Inference.Plane.ofNormalized(Places.random(1, 20, 10, CHANNELS));
        for (Rule rule : Rule.values()) {
            Inference inference = of(Specs.input(rule, List.of(32, 32), Mode.SLICES), AreaOfInterest.ALL, 1);
            assertThrows(CancellationException.class, () -> inference.run(plane, (position, row) -> {}, canceled));
        }
        assertEquals(List.of(), shapes);
    }
}
