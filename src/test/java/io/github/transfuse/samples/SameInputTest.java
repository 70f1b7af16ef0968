package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.ResultFiles;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.inference.Preparation;
import io.github.transfuse.inference.TileGrid;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Mode;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training example is what the network is shown when the same image is segmented: value by value. */
class SameInputTest {
    /** Examples of 8 bits are kept in 8 bits after resampling: half a level at most. */
    private static final float HALF_A_LEVEL = 0.5f / 255 + 1e-5f;

    @TempDir
    private Path folder;

    /**
     * An image and a model.
     *
     * @param size x, y(, z)
     * @param pixel its pixel sizes in mm
     * @param model that sees it
     * @param bits of a value: 8 or 32
     */
    private record Case(int[] size, double[] pixel, ModelSpec model, int bits) {
        @Override
        public String toString() {
            InputSpec input = model.input();
            return input.rule() + " " + input.size() + " " + input.sampling().mode() + " at "
                    + input.sampling().pixelSize() + " of " + List.of(size[0], size[1]) + " " + bits + " bits "
                    + model.network().channels() + " channels "
                    + input.normalization().kind();
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        int[][] sizes = {{64, 48}, {51, 87}, {33, 200}};
        for (int[] size : sizes) {
            for (Rule rule : Rule.values()) {
                for (Normalization.Kind kind : Normalization.Kind.values()) {
                    cases.add(new Case(size, new double[] {1, 1}, model(rule, kind, Optional.empty(), 1), 8));
                    cases.add(new Case(size, new double[] {1, 1}, model(rule, kind, Optional.empty(), 3), 32));
                }
            }
            for (double wanted : new double[] {0.7, 1.01, 1.9, 3.3}) {
                Optional<List<Double>> at = Optional.of(List.of(wanted, 2 * wanted));
                cases.add(new Case(
                        size, new double[] {1.3, 0.9}, model(Rule.TILE, Normalization.Kind.ZSCORE, at, 1), 32));
                cases.add(
                        new Case(size, new double[] {1.3, 0.9}, model(Rule.TILE, Normalization.Kind.FIXED, at, 3), 8));
            }
        }
        for (double wanted : new double[] {1, 1.6}) {
            cases.add(new Case(new int[] {21, 18, 9}, new double[] {1, 1.3, 2.5}, volumes(wanted), 32));
        }
        return cases.stream();
    }

    private static ModelSpec model(Rule rule, Normalization.Kind kind, Optional<List<Double>> pixelSize, int channels) {
        InputSpec input = new InputSpec(
                rule,
                List.of(48, 64),
                0.5,
                normalization(kind),
                new InputSpec.Sampling(pixelSize, "mm", Mode.SLICES, 0));
        return Models.of(input, new NetworkSpec(Variant.T, channels, 2, true));
    }

    private static ModelSpec volumes(double wanted) {
        InputSpec input = new InputSpec(
                Rule.TILE,
                List.of(8, 8, 8),
                0.5,
                normalization(Normalization.Kind.ZSCORE),
                new InputSpec.Sampling(Optional.of(List.of(2 * wanted, wanted, wanted)), "mm", Mode.VOLUME, 0));
        return Models.of(input, new NetworkSpec(Variant.T3D, 1, 2, true));
    }

    private static Normalization normalization(Normalization.Kind kind) {
        boolean none = kind == Normalization.Kind.ZSCORE;
        return new Normalization(kind, none ? List.of() : List.of(0.4), none ? List.of() : List.of(0.3), 1, 99);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anExampleIsWhatSegmentingShowsTheNetwork(Case of) throws IOException {
        Pair pair = new Pair("i", folder.resolve("i.tif"), folder.resolve("m.tif"));
        CalibratedImage image = image(of);
        ResultFiles.writeTiff(pair.image(), image, Map.of());
        long[] space = new long[of.size.length];
        Arrays.setAll(space, d -> of.size[d]);
        var mask = ArrayImgs.unsignedBytes(space);
        mask.firstElement().setOne();
        ResultFiles.writeTiff(pair.mask(), new CalibratedImage("m", mask, axes(of, false), false, List.of()), Map.of());
        MaskCoding coding = new MaskCoding(MaskCoding.Rule.INDEX, new int[] {1}, false, OptionalInt.empty(), "");
        Example example =
                new ExampleReader(of.model, List.of(), coding).read(pair).get(0).example();
        float[] learned = normalized(example, of.model.input().normalization());
        float[] shown = shown(of.model, image, example);
        assertEquals(learned.length, shown.length);
        float level = of.bits == 32 ? 1e-4f : HALF_A_LEVEL / spread(of.model);
        assertArrayEquals(shown, learned, level);
    }

    /** With the mean and deviation that a training takes off on the device. */
    private static float[] normalized(Example example, Normalization rule) {
        float[] values = Augmenter.plain(example, false, rule).images();
        Units.Top top = Units.top(rule, 1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - top.mean()[0]) / top.std()[0];
        }
        return values;
    }

    /** Of 8-bit images the least deviation or range that their values have here. */
    private static float spread(ModelSpec model) {
        return model.input().normalization().kind() == Normalization.Kind.ZSCORE ? 0.2f : 0.27f;
    }

    /** What a network gets that sees the image in one tile. */
    private static float[] shown(ModelSpec model, CalibratedImage image, Example example) throws IOException {
        NetworkParts planes =
                new Preparation(model, List.of(), OptionalDouble.empty(), Optional.empty(), note -> {}).planes(image);
        int[] tile = example.isVolume()
                ? new int[] {example.width(), example.height(), example.depth()}
                : new int[] {example.width(), example.height()};
        List<float[]> seen = new ArrayList<>();
        int classes = model.network().classes();
        Inference inference = new Inference(
                model,
                new TileGrid(tile, 0),
                (tiles, shape) -> {
                    float[] values = new float[tiles.remaining()];
                    tiles.duplicate().get(values);
                    seen.add(values);
                    return FloatBuffer.allocate(values.length / shape[1] * classes);
                },
                new Inference.Work(AreaOfInterest.ALL, 1, plan -> 1));
        Parts parts = planes.parts(planes.spatial());
        inference.run(
                new Inference.Plane(
                        parts.part(planes.seen().pixels(), 0), planes.seenNormalization(), planes.pixelSize()),
                (position, row) -> {},
                Progress.NONE);
        assertEquals(1, seen.size(), "one tile");
        return seen.get(0);
    }

    private static CalibratedImage image(Case of) {
        int channels = of.model.network().channels();
        long[] size = new long[of.size.length + (channels > 1 ? 1 : 0)];
        Arrays.setAll(size, d -> d < of.size.length ? of.size[d] : channels);
        Random random = new Random(7);
        int count = (int) Arrays.stream(size).reduce(1, Math::multiplyExact);
        RandomAccessibleInterval<? extends RealType<?>> pixels;
        if (of.bits == 8) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            pixels = ArrayImgs.unsignedBytes(bytes, size);
        } else {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = random.nextFloat();
            }
            pixels = ArrayImgs.floats(floats, size);
        }
        return new CalibratedImage("i", pixels, axes(of, channels > 1), false, List.of());
    }

    private static List<Axis> axes(Case of, boolean channels) {
        List<Axis> axes = new ArrayList<>();
        Axis.Kind[] kinds = {Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z};
        for (int d = 0; d < of.size.length; d++) {
            axes.add(new Axis(kinds[d], of.pixel[d], "mm"));
        }
        if (channels) {
            axes.add(Axis.of(Axis.Kind.CHANNEL));
        }
        return axes;
    }
}
