package io.github.transfuse.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.image.UnsupportedImageException;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Mode;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

/** What is decided about an image before a network sees it. */
class PreparationTest {
    private static final InputSpec TILES = Specs.input(Rule.TILE, List.of(32, 32), Mode.SLICES, 1.0, 1.0);

    private final List<String> notes = new ArrayList<>();

    private Preparation of(ModelSpec model) {
        return new Preparation(model, List.of(), OptionalDouble.empty(), Optional.empty(), notes::add);
    }

    private static CalibratedImage image(double size, String unit, Axis.Kind... kinds) {
        long[] lengths = {20, 10, 6, 4};
        long[] shape = Arrays.copyOf(lengths, kinds.length);
        List<Axis> axes = Arrays.stream(kinds)
                .map(kind ->
                        kind.isSpatial() ? new Axis(kind, kind == Axis.Kind.Z ? 3 * size : size, unit) : Axis.of(kind))
                .toList();
        return new CalibratedImage("image", Places.random(1, shape), axes, false, List.of());
    }

    private static Axis.Kind[] kinds(Axis.Kind... kinds) {
        return kinds;
    }

    @Test
    void slicesOfAStackArePartsWithTheChannelLast() throws UnsupportedImageException {
        NetworkParts planes =
                of(Specs.of(TILES, 1)).planes(image(0.5, "mm", kinds(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z)));
        assertArrayEquals(new long[] {20, 10, 6}, planes.resultSize());
        assertArrayEquals(new long[] {20, 10}, planes.planeSize());
        assertEquals(6, planes.parts(2).count());
        assertEquals(1, planes.parts(3).count());
        assertEquals(2, planes.spatial());
        assertEquals(
                List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z),
                planes.resultAxes().stream().map(Axis::kind).toList());
        // the unit of the model is the micron
        assertArrayEquals(new double[] {500, 500}, planes.pixelSize().orElseThrow(), 1e-9);
        assertEquals(1, planes.seenNormalization().channels());
        assertEquals(List.of(), notes);
    }

    @Test
    void pixelsThatCannotMeanAnythingAreTold() throws UnsupportedImageException {
        CalibratedImage black = CalibratedImage.of("black", ArrayImgs.unsignedBytes(9, 7), Axis.Kind.X, Axis.Kind.Y);
        of(Specs.of(Specs.input(Rule.RESIZE, List.of(32, 32), Mode.SLICES, 1.0, 1.0), 1))
                .planes(black);
        assertEquals(List.of("All pixels have the same value: nothing can be found there."), notes);
    }

    @Test
    void neighboursBecomeChannelsAndHaveTheNumbersOfTheirs() throws UnsupportedImageException {
        InputSpec input = new InputSpec(
                Rule.TILE,
                List.of(32, 32),
                0.5,
                new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100),
                new InputSpec.Sampling(Optional.empty(), "pixel", Mode.CONTEXT, 1));
        ModelSpec like = Specs.of(TILES, 1);
        ModelSpec model = new ModelSpec(
                like.identity(), new NetworkSpec(Variant.T, 3, 1, true), input, like.output(), like.history());
        NetworkParts planes = of(model).planes(image(1, "mm", kinds(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z)));
        assertEquals(1, planes.image().size(Axis.Kind.CHANNEL));
        assertEquals(3, planes.seen().size(Axis.Kind.CHANNEL));
        assertEquals(1, planes.normalization().channels());
        assertEquals(planes.normalization().repeated(3), planes.seenNormalization());
        assertTrue(planes.pixelSize().isEmpty());
    }

    @Test
    void volumesNeedSlices() throws UnsupportedImageException {
        InputSpec volumes = Specs.input(Rule.TILE, List.of(8, 16, 16), Mode.VOLUME, 3.0, 1.0, 1.0);
        Preparation preparation = of(Specs.of(volumes, 1));
        String message = assertThrows(
                        UnsupportedImageException.class,
                        () -> preparation.planes(image(1, "micron", kinds(Axis.Kind.X, Axis.Kind.Y))))
                .getMessage();
        assertTrue(message.contains("a single slice") && message.contains("mode=volume"), message);
        NetworkParts planes = preparation.planes(image(2, "micron", kinds(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z)));
        assertArrayEquals(new double[] {2, 2, 6}, planes.pixelSize().orElseThrow());
        assertArrayEquals(new long[] {20, 10, 6}, planes.planeSize());
        assertEquals(Optional.empty(), Inference.tilesOf(planes, volumes, TileGrid.of(volumes)), "40 x 20 x 12");
    }

    @Test
    void aPixelSizeIsTakenAsGivenOrMissed() throws UnsupportedImageException {
        CalibratedImage plain = image(1, Axis.UNCALIBRATED, kinds(Axis.Kind.X, Axis.Kind.Y));
        assertTrue(of(Specs.of(TILES, 1)).planes(plain).pixelSize().isEmpty());
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("no pixel size in a unit that converts to micron"), notes.get(0));
        assertTrue(notes.get(0).contains("trained at [1.0, 1.0] micron"), notes.get(0));
        notes.clear();
        Preparation given =
                new Preparation(Specs.of(TILES, 1), List.of(), OptionalDouble.of(0.25), Optional.empty(), notes::add);
        assertArrayEquals(
                new double[] {0.25, 0.25}, given.planes(plain).pixelSize().orElseThrow());
        // a model without a pixel size, or one that sees images as a whole, does not ask
        for (InputSpec input : List.of(
                Specs.input(Rule.TILE, List.of(32, 32), Mode.SLICES),
                Specs.input(Rule.RESIZE, List.of(32, 32), Mode.SLICES, 1.0, 1.0))) {
            assertTrue(of(Specs.of(input, 1)).planes(plain).pixelSize().isEmpty());
            assertTrue(new Preparation(
                            Specs.of(input, 1), List.of(), OptionalDouble.of(0.25), Optional.empty(), notes::add)
                    .planes(plain)
                    .pixelSize()
                    .isEmpty());
        }
        assertEquals(List.of(), notes);
    }

    @Test
    void givenNumbersMustFit() throws UnsupportedImageException {
        CalibratedImage plain = image(1, "micron", kinds(Axis.Kind.X, Axis.Kind.Y));
        FittedNormalization given = new FittedNormalization(List.of(3.0), List.of(1.0), List.of(2.0));
        ModelSpec model = Specs.of(TILES, 1);
        assertSame(
                given,
                new Preparation(model, List.of(), OptionalDouble.empty(), Optional.of(given), notes::add)
                        .planes(plain)
                        .normalization());
        Preparation two = new Preparation(
                model, List.of(), OptionalDouble.empty(), Optional.of(FittedNormalization.none(2)), notes::add);
        String message = assertThrows(UnsupportedImageException.class, () -> two.planes(plain))
                .getMessage();
        assertTrue(message.contains("for 2 channel(s), but the model has 1"), message);
    }

    @Test
    void damagedPixelsAndMissingChannelsAreRefused() throws UnsupportedImageException {
        CalibratedImage bad =
                CalibratedImage.of("bad", Places.of(at -> at[0] == 3 ? Double.NaN : 1, 8, 8), Axis.Kind.X, Axis.Kind.Y);
        assertThrows(
                UnsupportedImageException.class, () -> of(Specs.of(TILES, 1)).planes(bad));
        String message = assertThrows(UnsupportedImageException.class, () -> of(Specs.of(TILES, 2))
                        .planes(image(1, "micron", kinds(Axis.Kind.X, Axis.Kind.Y))))
                .getMessage();
        assertTrue(message.contains("2 channel"), message);
    }

    @Test
    void tilesAreKnownBeforehandWhereNothingIsResampled() throws UnsupportedImageException {
        TileGrid grid = TileGrid.of(TILES);
        CalibratedImage same = image(1, "micron", kinds(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z));
        NetworkParts planes = of(Specs.of(TILES, 1)).planes(same);
        assertEquals(
                grid.plan(20, 10).count(),
                Inference.tilesOf(planes, TILES, grid).orElseThrow().count());
        NetworkParts finer = of(Specs.of(TILES, 1)).planes(image(2, "micron", kinds(Axis.Kind.X, Axis.Kind.Y)));
        assertEquals(Optional.empty(), Inference.tilesOf(finer, TILES, grid));
        InputSpec whole = Specs.input(Rule.RESIZE, List.of(32, 32), Mode.SLICES);
        assertEquals(
                Optional.empty(), Inference.tilesOf(of(Specs.of(whole, 1)).planes(same), whole, TileGrid.of(whole)));
        InputSpec triplanar = Specs.input(Rule.TILE, List.of(32, 32), Mode.TRIPLANAR);
        assertEquals(
                Optional.empty(),
                Inference.tilesOf(of(Specs.of(triplanar, 1)).planes(same), triplanar, TileGrid.of(triplanar)));
    }
}
