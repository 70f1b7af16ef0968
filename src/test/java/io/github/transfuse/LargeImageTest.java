package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.segmentation.BlockPrediction;
import io.github.transfuse.segmentation.Ensemble;
import io.github.transfuse.segmentation.KnownPlanes;
import io.github.transfuse.segmentation.PlaneBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labels of blocks are those of the whole image, wherever the blocks are cut. */
class LargeImageTest {
    private static final List<Axis.Kind> COLOUR = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.CHANNEL);
    private static final List<Axis.Kind> STACK = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);

    record Case(String name, TransFuse model, CalibratedImage image) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        CalibratedImage colour = noise(COLOUR, 0.5, "micron", 301, 217, 3);
        CalibratedImage narrow = noise(COLOUR, 0.5, "micron", 301, 40, 3);
        CalibratedImage stack = noise(STACK, 1, "mm", 50, 41, 23);
        return List.of(
                new Case("classes", FakeModels.context(0.5), colour),
                new Case("cleaned", FakeModels.context(0.5).settings("min_size=30 fill_holes"), colour),
                new Case("instances", FakeModels.contextInstances(0.5), colour),
                new Case(
                        "cut instances",
                        FakeModels.contextInstances(0.5)
                                .settings("split_depth=0.2 probabilities exclude_edges tile_size=48x80"),
                        colour),
                new Case(
                        "narrower than a tile", FakeModels.contextInstances(0.5).settings("split_depth=0.2"), narrow),
                new Case("several", several(), colour),
                new Case("volume", OrientedModels.lopsided(InputSpec.Mode.VOLUME, Optional.empty()), stack),
                new Case("context", OrientedModels.lopsided(InputSpec.Mode.CONTEXT, Optional.empty()), stack));
    }

    private static TransFuse several() {
        return TransFuse.with(List.of(
                        new Ensemble.Voice(FakeModels.dark(0.5).model(), options -> new ContextNetwork(1)),
                        new Ensemble.Voice(
                                FakeModels.named(FakeModels.dark(0.5).model(), "other"),
                                options -> new ContextNetwork(1))))
                .settings("probabilities");
    }

    /** Smooth enough for objects of all sizes. */
    private static CalibratedImage noise(List<Axis.Kind> kinds, double pixel, String unit, long... size) {
        Random random = new Random(5);
        RandomAccessibleInterval<FloatType> pixels = ArrayImgs.floats(size);
        double[] last = {0};
        LoopBuilder.setImages(pixels).forEachPixel(value -> {
            last[0] = 0.8 * last[0] + 0.2 * random.nextDouble() * 1.2;
            value.setReal(random.nextInt(3) == 0 ? random.nextDouble() : last[0]);
        });
        List<Axis> axes = kinds.stream()
                .map(kind -> kind == Axis.Kind.CHANNEL ? Axis.of(kind) : new Axis(kind, pixel, unit))
                .toList();
        return new CalibratedImage("noise", pixels, axes, false, List.of());
    }

    /** Blocks of sides that fit no tile. */
    private static List<PlaneBlock> blocks(LargeImage image, int side) {
        List<PlaneBlock> blocks = new ArrayList<>();
        for (long plane = 0; plane < image.planes(); plane++) {
            List<long[]> corners = List.of(new long[image.planeSize().length]);
            for (int d = 0; d < image.planeSize().length; d++) {
                List<long[]> more = new ArrayList<>();
                for (long[] corner : corners) {
                    for (long at = 0; at < image.planeSize()[d]; at += side) {
                        long[] next = corner.clone();
                        next[d] = at;
                        more.add(next);
                    }
                }
                corners = more;
            }
            for (long[] min : corners) {
                long[] max = new long[min.length];
                for (int d = 0; d < min.length; d++) {
                    max[d] = Math.min(image.planeSize()[d], min[d] + side);
                }
                blocks.add(new PlaneBlock(plane, min, max));
            }
        }
        return blocks;
    }

    private static <T> RandomAccessibleInterval<T> part(RandomAccessibleInterval<T> image, PlaneBlock block) {
        long[] min = image.minAsLongArray();
        long[] max = image.maxAsLongArray();
        for (int d = 0; d < block.min().length; d++) {
            min[d] = block.min()[d];
            max[d] = block.max()[d] - 1;
        }
        return Views.zeroMin(Views.interval(image, min, max));
    }

    private static Segmentation inBlocks(TransFuse model, CalibratedImage image, int side) throws IOException {
        LargeImage large = LargeImage.of(model, image);
        assertEquals(Optional.empty(), large.whole());
        TransFuse given = model.normalization(large.normalization());
        LargeImage elsewhere = LargeImage.of(given, image);
        Map<PlaneBlock, BlockPrediction.Found> found = new HashMap<>();
        for (PlaneBlock block : blocks(large, side)) {
            found.put(block, elsewhere.segment(block));
        }
        KnownPlanes.Source source = (plane, classes, probabilities) -> found.forEach((block, at) -> {
            if (block.plane() == plane) {
                LoopBuilder.setImages(at.classes(), part(classes, block)).forEachPixel((in, out) -> out.set(in));
                probabilities.ifPresent(
                        image2 -> LoopBuilder.setImages(at.probabilities().orElseThrow(), part(image2, block))
                                .forEachPixel((in, out) -> out.set(in)));
            }
        });
        KnownPlanes known = new KnownPlanes(source, new Inference.Counts(1234, 0, 3), 7.0, large.notes());
        return LargeImage.known(given, known, LargeImage.networks(model)).segment(image);
    }

    private static List<Double> values(RandomAccessibleInterval<? extends RealType<?>> image) {
        List<Double> values = new ArrayList<>();
        image.forEach(value -> values.add(value.getRealDouble()));
        return values;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCutImageHasTheLabelsOfTheWholeOne(Case given) throws IOException {
        Segmentation whole = given.model.segment(given.image);
        assertTrue(values(whole.labels()).stream().distinct().count() > 1, "there is something to find");
        for (int side : List.of(37, 100)) {
            Segmentation cut = inBlocks(given.model, given.image, side);
            assertEquals(values(whole.labels()), values(cut.labels()));
            assertEquals(
                    whole.probabilities().map(LargeImageTest::values),
                    cut.probabilities().map(LargeImageTest::values));
            assertEquals(whole.objects(), cut.objects());
            assertEquals(whole.kind(), cut.kind());
            assertEquals(whole.axes(), cut.axes());
            assertEquals(whole.provenance().notes(), cut.provenance().notes());
            assertEquals(whole.provenance().normalization(), cut.provenance().normalization());
            assertEquals(1234, cut.statistics().tiles());
            assertEquals(3, cut.statistics().batchSize());
            assertTrue(cut.statistics().seconds() >= 7, "the time elsewhere counts");
        }
    }

    @Test
    void whatIsSeenAsAWholeIsNotCut() throws IOException {
        CalibratedImage colour = noise(COLOUR, 1, "micron", 60, 50, 3);
        assertTrue(
                LargeImage.of(FakeModels.dark(0.5), colour).whole().orElse("").contains("at another pixel size"));
        CalibratedImage stack = noise(STACK, 1, "mm", 20, 21, 18);
        TransFuse triplanar = OrientedModels.lopsided(InputSpec.Mode.TRIPLANAR, Optional.empty());
        assertTrue(LargeImage.of(triplanar, stack).whole().orElse("").contains("three axes"));
        TransFuse slices = OrientedModels.lopsided(InputSpec.Mode.CONTEXT, Optional.empty())
                .settings("slices=2-3");
        assertEquals(
                Optional.of("only some slices or frames are asked for"),
                LargeImage.of(slices, stack).whole());
    }

    @Test
    void whatIsNeededOnADiskIsTold() throws IOException {
        CalibratedImage colour = noise(COLOUR, 0.5, "micron", 60, 50, 3);
        assertEquals(1, LargeImage.of(FakeModels.dark(0.5), colour).bytesPerPixel());
        assertEquals(
                1 + 3 * 4, LargeImage.of(FakeModels.darkInstances(0.5), colour).bytesPerPixel());
    }

    @Test
    void whatWasAskedElsewhereIsNotAskedHere() {
        KnownPlanes broken = new KnownPlanes(
                (plane, classes, probabilities) -> {
                    throw new IOException("plane " + plane + " is missing");
                },
                new Inference.Counts(0, 0, 1),
                0,
                List.of());
        TransFuse model = FakeModels.dark(0.5);
        IOException thrown =
                assertThrows(IOException.class, () -> LargeImage.known(model, broken, LargeImage.networks(model))
                        .segment(noise(COLOUR, 0.5, "micron", 60, 50, 3)));
        assertEquals("plane 0 is missing", thrown.getMessage());
    }
}
