package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.EngineOutOfMemoryException;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;

/** Planes of one orientation go through the network together, with the result that each has alone. */
class TriplanarBatchesTest {
    private static final int TILE = 16;
    private static final long[] SIZE = {20, 12, 10};

    private final List<int[]> batches = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    private TransFuse model(InputSpec.Mode mode) {
        ModelSpec spec = new ModelSpec(
                new Identity("planes", "Planes", "For tests.", "none"),
                new NetworkSpec(Variant.T, 1, 1, true),
                new InputSpec(
                        InputSpec.Rule.TILE,
                        List.of(TILE, TILE),
                        0.5,
                        new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.of(List.of(1.0, 1.0)), "mm", mode, 0)),
                new OutputSpec(
                        List.of(new OutputSpec.ClassSpec("bright", 0x804090)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
        return TransFuse.with(
                        new ModelFolder(Path.of("planes"), spec, "0".repeat(64)), options -> new WithPlaceInTile())
                .with("probabilities", true);
    }

    /** Logits depend on the value and on the place in the tile, so that a tile blended elsewhere would be seen. */
    private final class WithPlaceInTile implements Network {
        @Override
        public NetworkInfo info() {
            return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
        }

        @Override
        public Batch predict(Batch tiles) {
            if (tiles.shape()[0] > room) {
                throw new EngineOutOfMemoryException("no memory for " + tiles.shape()[0]);
            }
            batches.add(tiles.shape().clone());
            Batch logits = Batch.allocate(tiles.shape());
            for (int i = 0; i < tiles.count(); i++) {
                float value = tiles.values().get(tiles.values().position() + i);
                logits.values().put(i, 3 * value - 1.5f + 0.01f * (i % (TILE * TILE)));
            }
            return logits;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Noise; as far apart along z as asked, in mm. */
    private static CalibratedImage noise(double depth) {
        return new CalibratedImage("noise", noise(), axes(depth), false, List.of());
    }

    private static Img<FloatType> noise() {
        Img<FloatType> pixels = ArrayImgs.floats(SIZE);
        Random random = new Random(5);
        pixels.forEach(pixel -> pixel.set(random.nextFloat()));
        return pixels;
    }

    private static List<Axis> axes(double depth) {
        return List.of(
                new Axis(Axis.Kind.X, 1, "mm"), new Axis(Axis.Kind.Y, 1, "mm"), new Axis(Axis.Kind.Z, depth, "mm"));
    }

    /** The mean of the probabilities that all planes have as images of their own. */
    private Img<FloatType> oneByOne(double depth) throws IOException {
        Img<FloatType> mean = ArrayImgs.floats(SIZE);
        double[] spacing = {1, 1, depth};
        try (TransFuse slices = model(InputSpec.Mode.SLICES)) {
            for (int across = 2; across >= 0; across--) {
                List<Axis> plane = List.of(
                        new Axis(Axis.Kind.X, spacing[across == 0 ? 1 : 0], "mm"),
                        new Axis(Axis.Kind.Y, spacing[across == 2 ? 1 : 2], "mm"));
                for (long at = 0; at < SIZE[across]; at++) {
                    RandomAccessibleInterval<FloatType> pixels = Views.hyperSlice(noise(), across, at);
                    Segmentation alone = slices.segment(new CalibratedImage("plane", pixels, plane, false, List.of()));
                    add(alone.probabilities().orElseThrow(), Views.hyperSlice(mean, across, at));
                }
            }
        }
        return mean;
    }

    private static void add(RandomAccessibleInterval<FloatType> plane, RandomAccessibleInterval<FloatType> mean) {
        RandomAccess<FloatType> target = mean.randomAccess();
        var cursor = plane.localizingCursor();
        while (cursor.hasNext()) {
            float p = cursor.next().get();
            target.setPosition(cursor.getLongPosition(0), 0);
            target.setPosition(cursor.getLongPosition(1), 1);
            target.get().set(target.get().get() + p / 3);
        }
    }

    private static float[] values(RandomAccessibleInterval<FloatType> image) {
        float[] values = new float[(int) Intervals.numElements(image)];
        int i = 0;
        for (FloatType value : Views.flatIterable(image)) {
            values[i++] = value.get();
        }
        return values;
    }

    @Test
    void batchesGiveTheProbabilitiesOfPlanesDoneOneByOne() throws IOException {
        for (double depth : new double[] {1, 1.7}) { // as it is, and resampled to cubes
            float[] expected = values(oneByOne(depth));
            for (int batch : new int[] {1, 5, 64}) {
                try (TransFuse model = model(InputSpec.Mode.TRIPLANAR)) {
                    Segmentation result = model.with("batch_size", batch).segment(noise(depth));
                    assertArrayEquals(
                            expected, values(result.probabilities().orElseThrow()), "depth " + depth + ", " + batch);
                }
            }
        }
    }

    @Test
    void batchesAreFilledFromSeveralPlanes() throws IOException {
        try (TransFuse model = model(InputSpec.Mode.TRIPLANAR)) {
            Segmentation result = model.with("batch_size", 8).segment(noise(1));
            // 10 planes of 20 x 12, 12 of 20 x 10, 20 of 12 x 10: two, two and one tile each
            assertEquals(20 + 24 + 20, result.statistics().tiles());
            assertEquals(8, result.statistics().batchSize());
        }
        assertEquals(
                List.of(8, 8, 4, 8, 8, 8, 8, 8, 4),
                batches.stream().map(shape -> shape[0]).toList());
        batches.forEach(shape -> assertArrayEquals(new int[] {shape[0], 1, TILE, TILE}, shape));
    }

    @Test
    void resampledPlanesFillBatchesToo() throws IOException {
        try (TransFuse model = model(InputSpec.Mode.TRIPLANAR)) {
            Segmentation result = model.with("batch_size", 8).segment(noise(1.7));
            // across y and x 10 rows become 17: four tiles of 20 x 17, two of 12 x 17
            assertEquals(20 + 48 + 40, result.statistics().tiles());
        }
        assertEquals(
                List.of(8, 8, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8),
                batches.stream().map(shape -> shape[0]).toList());
    }

    @Test
    void batchesThatDoNotFitAreHalved() throws IOException {
        room = 3;
        try (TransFuse model = model(InputSpec.Mode.TRIPLANAR)) {
            Segmentation result = model.with("batch_size", 8).segment(noise(1));
            assertArrayEquals(values(oneByOne(1)), values(result.probabilities().orElseThrow()));
            assertTrue(
                    result.provenance().notes().stream().anyMatch(note -> note.contains("does not fit into memory")));
        }
        assertTrue(batches.stream().allMatch(shape -> shape[0] <= 3));
    }

    @Test
    void progressRunsToTheEndAndACancelStopsAtTheNextBatch() throws IOException {
        List<Double> parts = new ArrayList<>();
        Progress listening = new Progress() {
            @Override
            public void report(long done, long total, String step) {
                parts.add((double) done / total);
            }

            @Override
            public boolean isCanceled() {
                return batches.size() == 5;
            }
        };
        try (TransFuse model = model(InputSpec.Mode.TRIPLANAR).with("batch_size", 4)) {
            TransFuse watched = model.progress(listening);
            assertThrows(CancellationException.class, () -> watched.segment(noise(1)));
            assertEquals(5, batches.size());
            // the slices are done, which are 10 of 42 planes
            assertEquals(10 / 42.0, parts.get(parts.size() - 1), 1e-9);
            batches.add(new int[4]);
            parts.clear();
            watched.segment(noise(1));
            assertEquals(1, parts.get(parts.size() - 1), 1e-9);
            assertEquals(parts.stream().sorted().toList(), parts);
        }
    }
}
