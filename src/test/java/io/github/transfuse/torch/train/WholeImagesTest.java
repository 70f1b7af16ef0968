package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.Resampler;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.LogitArray;
import io.github.transfuse.inference.PixelScale;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.StateDict;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.IterableRandomAccessibleInterval;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of a validation are full, and change no result. */
class WholeImagesTest {
    private static final int TILE = 16;

    private final List<Long> batches = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long room = Long.MAX_VALUE;

    private static ModelSpec spec(InputSpec.Mode mode, int classes) {
        return spec(InputSpec.Rule.TILE, mode, classes);
    }

    private static ModelSpec spec(InputSpec.Rule rule, InputSpec.Mode mode, int classes) {
        List<OutputSpec.ClassSpec> names = new ArrayList<>();
        for (int c = 1; c < Math.max(2, classes); c++) {
            names.add(new OutputSpec.ClassSpec("class " + c, 0xff0000));
        }
        return new ModelSpec(
                new Identity("tiny", "Tiny", "For tests.", "none"),
                new NetworkSpec(TinyTraining.VARIANT, 1, classes, true),
                new InputSpec(
                        rule,
                        List.of(TILE, TILE),
                        0.5,
                        new Normalization(Normalization.Kind.FIXED, List.of(), List.of(), 0, 100),
                        new InputSpec.Sampling(Optional.empty(), "pixel", mode, 0)),
                new OutputSpec(names, OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }

    private WholeImages images(ModelSpec spec, UnaryOperator<Tensor> network, int batch) {
        UnaryOperator<Tensor> counted = tiles -> {
            if (tiles.size(0) > room) {
                throw new IllegalStateException("CUDA out of memory. Tried to allocate much");
            }
            batches.add(tiles.size(0));
            assertArrayEquals(
                    new long[] {1, TILE, TILE}, new long[] {tiles.size(1), tiles.size(2), tiles.size(3)}, "a tile");
            return network.apply(tiles);
        };
        return new WholeImages(spec, counted, new Device("cpu"), batch, notes::add);
    }

    private static float[] logits(WholeImages images, Tensor image) throws IOException {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return StateDict.floats(images.logits(image));
        }
    }

    /** As if each plane were an image. */
    private float[] oneByOne(ModelSpec spec, UnaryOperator<Tensor> network, Tensor volume) throws IOException {
        WholeImages alone = images(spec(InputSpec.Mode.SLICES, spec.network().classes()), network, 1);
        boolean sigmoid = spec.network().classes() == 1;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor sum = torch.zeros(1, spec.network().classes(), volume.size(2), volume.size(3), volume.size(4));
            for (int axis = 2; axis < 5; axis++) {
                for (long at = 0; at < volume.size(axis); at++) {
                    Tensor logits = alone.logits(volume.select(axis, at));
                    Tensor p = sigmoid ? logits.sigmoid() : logits.softmax(1);
                    sum.select(axis, at).add_(p.mul(new Scalar(1 / 3.0)));
                }
            }
            return StateDict.floats(sigmoid ? torch.logit(sum) : sum.log());
        }
    }

    @Test
    void planesInBatchesHaveTheLogitsOfPlanesDoneOneByOne() throws IOException {
        torch.set_num_threads(1);
        for (int classes : new int[] {1, 3}) {
            ModelSpec spec = spec(InputSpec.Mode.TRIPLANAR, classes);
            Tensor volume = torch.rand(1, 1, 9, 14, 20);
            try (TransFuseNetwork network = new TransFuseNetwork(spec.network(), 0)) {
                Initialization.random(network, 3);
                network.train(false);
                UnaryOperator<Tensor> forward = tiles -> network.forward(tiles).map2();
                float[] expected = oneByOne(spec, forward, volume);
                for (int batch : new int[] {1, 4, 100}) {
                    assertArrayEquals(expected, logits(images(spec, forward, batch), volume), 1e-4f, batch + " tiles");
                }
            }
        }
    }

    @Test
    void aPlaneIsFoundWhereItLies() throws IOException {
        ModelSpec spec = spec(InputSpec.Mode.TRIPLANAR, 1);
        Tensor volume = torch.rand(1, 1, 9, 14, 20);
        UnaryOperator<Tensor> same = tiles -> tiles;
        assertArrayEquals(StateDict.floats(volume), logits(images(spec, same, 4), volume), 1e-4f);
    }

    @Test
    void batchesAreFull() throws IOException {
        UnaryOperator<Tensor> same = tiles -> tiles;
        logits(images(spec(InputSpec.Mode.TRIPLANAR, 1), same, 4), torch.rand(1, 1, 9, 14, 20));
        // 9 planes of 14 x 20 in two tiles, 14 of 9 x 20 in two, 20 of 9 x 14 in one
        assertEquals(List.of(4L, 4L, 4L, 4L, 2L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L), batches);
        batches.clear();
        logits(images(spec(InputSpec.Mode.SLICES, 1), same, 4), torch.rand(1, 1, 20, 40));
        assertEquals(List.of(4L, 4L), batches);
    }

    @Test
    void batchesThatDoNotFitAreHalvedAndStaySmall() throws IOException {
        room = 3;
        ModelSpec spec = spec(InputSpec.Mode.TRIPLANAR, 1);
        Tensor volume = torch.rand(1, 1, 9, 14, 20);
        WholeImages images = images(spec, tiles -> tiles, 8);
        assertArrayEquals(StateDict.floats(volume), logits(images, volume), 1e-4f);
        assertEquals(2, images.batchSize());
        assertTrue(batches.stream().allMatch(size -> size <= 2), batches.toString());
        assertEquals(2, notes.size(), notes.toString());

        room = 0;
        WholeImages tooSmall = images(spec, tiles -> tiles, 8);
        assertThrows(IllegalStateException.class, () -> logits(tooSmall, volume));
    }

    /** Models of tiles and of volumes that see an image twice as coarse, or finer, than it is stored. */
    @ParameterizedTest
    @CsvSource({"SLICES,1,0.5", "SLICES,3,2", "VOLUME,1,0.5", "VOLUME,1,1.25"})
    void whatIsSeenAtAnotherScaleIsJudgedAtTheStoredOne(InputSpec.Mode mode, int classes, double pixel)
            throws IOException {
        long[] stored = mode == InputSpec.Mode.VOLUME ? new long[] {22, 18, 20} : new long[] {37, 26};
        ModelSpec spec = atPixelSizeOne(mode, classes);
        UnaryOperator<Tensor> network = tiles -> torch.cat(new TensorVector(tiles, tiles.mul(tiles), tiles.neg()), 1)
                .narrow(1, 0, classes);
        long count = Arrays.stream(stored).reduce(1, (a, b) -> a * b);
        float[] pixels = StateDict.floats(torch.rand(count));
        long[] withChannel = Arrays.copyOf(stored, stored.length + 1);
        withChannel[stored.length] = 1;
        double[] size = new double[stored.length];
        Arrays.fill(size, pixel);
        Inference.Plane plane = new Inference.Plane(
                ArrayImgs.floats(pixels, withChannel), FittedNormalization.none(1), Optional.of(size));
        LogitArray expected = new LogitArray(classes, stored);
        new Inference(
                        spec,
                        TileGrid.of(spec.input()),
                        (tiles, shape) -> {
                            long[] all = Arrays.stream(shape).asLongStream().toArray();
                            float[] input = new float[tiles.remaining()];
                            tiles.duplicate().get(input);
                            return FloatBuffer.wrap(StateDict.floats(network.apply(Tensor.create(input, all))));
                        },
                        new Inference.Work(AreaOfInterest.ALL, 1, plan -> 1))
                .run(plane, expected, Progress.NONE);

        long[] seen = PixelScale.sizeFor(spec.input(), stored, Optional.of(size));
        assertFalse(Arrays.equals(seen, stored));
        long[] seenWithChannel = Arrays.copyOf(seen, seen.length + 1);
        seenWithChannel[seen.length] = 1;
        var coarse = Resampler.resample(ArrayImgs.floats(pixels, withChannel), seenWithChannel);
        float[] values = new float[Math.toIntExact(Arrays.stream(seen).reduce(1, (a, b) -> a * b))];
        int at = 0;
        for (FloatType value : IterableRandomAccessibleInterval.create(coarse)) {
            values[at++] = value.get();
        }
        WholeImages images = new WholeImages(spec, network, new Device("cpu"), 4, notes::add);
        long[] shape = new long[2 + seen.length];
        shape[0] = 1;
        shape[1] = 1;
        for (int d = 0; d < seen.length; d++) {
            shape[shape.length - 1 - d] = seen[d];
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor logits = images.logits(Tensor.create(values, shape));
            Truth truth = new Truth("i", (int) stored[1], (int) stored[0], new byte[(int) count]);
            assertArrayEquals(expected.values(), StateDict.floats(images.atStoredSize(logits, truth)), 1e-5f);
        }
    }

    private static ModelSpec atPixelSizeOne(InputSpec.Mode mode, int classes) {
        ModelSpec spec = spec(InputSpec.Mode.SLICES, classes);
        boolean volumes = mode == InputSpec.Mode.VOLUME;
        List<Integer> tile = Collections.nCopies(volumes ? 3 : 2, TILE);
        List<Double> one = Collections.nCopies(volumes ? 3 : 2, 1.0);
        InputSpec input = new InputSpec(
                InputSpec.Rule.TILE,
                tile,
                0.5,
                spec.input().normalization(),
                new InputSpec.Sampling(Optional.of(one), "pixel", mode, 0));
        NetworkSpec network = new NetworkSpec(volumes ? Variant.T3D : TinyTraining.VARIANT, 1, classes, true);
        return new ModelSpec(spec.identity(), network, input, spec.output(), spec.history());
    }

    /** Images that are larger, smaller, narrow and flat; a network whose answer depends on where a pixel lies. */
    @ParameterizedTest
    @CsvSource({"RESIZE,37,61", "RESIZE,9,12", "RESIZE_PADDED,37,61", "RESIZE_PADDED,61,20", "RESIZE_PADDED,9,12"})
    void aValidationImageHasTheLogitsOfSegmentingIt(InputSpec.Rule rule, int width, int height) throws IOException {
        ModelSpec spec = spec(rule, InputSpec.Mode.SLICES, 1);
        Tensor place = torch.rand(1, 1, TILE, TILE);
        UnaryOperator<Tensor> network = tiles -> tiles.mul(new Scalar(3)).sub(place);
        List<float[]> seen = new ArrayList<>();
        LogitArray expected = new LogitArray(1, width, height);
        float[] pixels = StateDict.floats(torch.rand(1, 1, height, width));
        new Inference(
                        spec,
                        TileGrid.of(spec.input()),
                        (tiles, shape) -> {
                            float[] input = new float[tiles.remaining()];
                            tiles.duplicate().get(input);
                            seen.add(input);
                            return FloatBuffer.wrap(
                                    StateDict.floats(network.apply(Tensor.create(input, 1, 1, TILE, TILE))));
                        },
                        new Inference.Work(AreaOfInterest.ALL, 1, plan -> 1))
                .run(Inference.Plane.ofNormalized(ArrayImgs.floats(pixels, width, height, 1)), expected, Progress.NONE);
        WholeImages images = images(spec, network, 1);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor logits = images.logits(Tensor.create(seen.get(0), 1, 1, TILE, TILE));
            Truth truth = new Truth("i", height, width, new byte[width * height]);
            assertArrayEquals(expected.values(), StateDict.floats(images.atStoredSize(logits, truth)), 1e-5f);
        }
    }
}
