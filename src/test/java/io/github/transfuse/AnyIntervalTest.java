package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.image.Axis;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.OutputSpec.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any view of ImgLib2 is segmented as a copy of its pixels is, and the result has its coordinates. */
class AnyIntervalTest {

    /** How an image is seen, and models of which a kind of image each goes another way. */
    record Case(
            String name,
            RandomAccessibleInterval<? extends RealType<?>> pixels,
            List<Axis.Kind> axes,
            TransFuse model) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        List<Axis.Kind> plane = List.of(Axis.Kind.X, Axis.Kind.Y);
        List<Axis.Kind> stack = List.of(Axis.Kind.X, Axis.Kind.Y, Axis.Kind.Z);
        List<Axis.Kind> colour = List.of(Axis.Kind.CHANNEL, Axis.Kind.Y, Axis.Kind.X);
        List<Axis.Kind> all = List.of(Axis.Kind.X, Axis.Kind.CHANNEL, Axis.Kind.TIME, Axis.Kind.Y, Axis.Kind.Z);
        for (InputSpec.Rule rule : InputSpec.Rule.values()) {
            for (Kind kind : List.of(Kind.CLASSES, Kind.INSTANCES)) {
                add(cases, rule + " " + kind, plane, fake(rule, 1, kind), 71, 60);
                add(cases, rule + " " + kind, stack, fake(rule, 1, kind), 41, 30, 3);
                add(cases, rule + " " + kind, colour, fake(rule, 3, kind), 3, 40, 57);
                add(cases, rule + " " + kind, all, fake(rule, 2, kind), 33, 2, 2, 37, 2);
            }
        }
        add(cases, "context", stack, OrientedModels.lopsided(InputSpec.Mode.CONTEXT, Optional.empty()), 30, 21, 5);
        add(cases, "triplanar", stack, OrientedModels.lopsided(InputSpec.Mode.TRIPLANAR, Optional.empty()), 20, 21, 18);
        add(cases, "volume", stack, OrientedModels.lopsided(InputSpec.Mode.VOLUME, Optional.empty()), 20, 21, 13);
        return cases;
    }

    private static TransFuse fake(InputSpec.Rule rule, int channels, Kind kind) {
        return FakeNetworks.open(
                FakeNetworks.model(rule, channels, kind, Optional.empty()), options -> new FakeNetworks.Times(2));
    }

    private static void add(List<Case> cases, String name, List<Axis.Kind> axes, TransFuse model, long... size) {
        RandomAccessibleInterval<FloatType> image = noise(cases.size(), size);
        long[] by = new long[size.length];
        long[] min = new long[size.length];
        long[] steps = new long[size.length];
        for (int d = 0; d < size.length; d++) {
            by[d] = (d % 2 == 0 ? -1 : 1) * (1000L + 7L * d);
            min[d] = size[d] > 4 ? 3 : 0;
            steps[d] = size[d] > 4 ? 2 : 1;
        }
        long[] beyond = Arrays.stream(size)
                .map(length -> length > 4 ? length : length - 1)
                .toArray();
        long[] max = Arrays.stream(size)
                .map(length -> length > 4 ? length - 2 : length - 1)
                .toArray();
        int y = axes.indexOf(Axis.Kind.Y);
        cases.add(new Case(name + axes + " shifted", Views.translate(image, by), axes, model));
        cases.add(new Case(name + axes + " cropped", Views.interval(image, min, max), axes, model));
        cases.add(new Case(name + axes + " strided", Views.subsample(image, steps), axes, model));
        cases.add(new Case(name + axes + " mirrored", Views.invertAxis(image, y), axes, model));
        cases.add(new Case(name + axes + " cells", Views.translate(cells(image), by), axes, model));
        cases.add(new Case(
                name + axes + " converted and extended",
                Views.interval(Views.extendMirrorSingle(doubled(image)), min, beyond),
                axes,
                model));
    }

    private static RandomAccessibleInterval<FloatType> noise(long seed, long... size) {
        Random random = new Random(seed);
        RandomAccessibleInterval<FloatType> image = ArrayImgs.floats(size);
        Views.flatIterable(image).forEach(pixel -> pixel.set((float) random.nextGaussian()));
        return image;
    }

    private static RandomAccessibleInterval<FloatType> cells(RandomAccessibleInterval<FloatType> image) {
        var cells = new CellImgFactory<>(new FloatType(), 7).create(image);
        copy(image, cells);
        return cells;
    }

    private static RandomAccessibleInterval<FloatType> doubled(RandomAccessibleInterval<FloatType> image) {
        return Converters.convert(image, (in, out) -> out.set(2 * in.get()), new FloatType());
    }

    private static void copy(
            RandomAccessibleInterval<? extends RealType<?>> from, RandomAccessibleInterval<FloatType> to) {
        RandomAccess<? extends RealType<?>> source = from.randomAccess();
        Cursor<FloatType> target = to.localizingCursor();
        while (target.hasNext()) {
            target.fwd();
            for (int d = 0; d < to.numDimensions(); d++) {
                source.setPosition(from.min(d) + target.getLongPosition(d), d);
            }
            target.get().set(source.get().getRealFloat());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aViewIsWhatItShows(Case seen) throws IOException {
        RandomAccessibleInterval<FloatType> copied = ArrayImgs.floats(seen.pixels.dimensionsAsLongArray());
        copy(seen.pixels, copied);
        Axis.Kind[] axes = seen.axes.toArray(Axis.Kind[]::new);
        TransFuse model = seen.model.with("probabilities", true);
        Segmentation expected = model.segment(CalibratedImage.of("copied", copied, axes));
        Segmentation found = model.segment(CalibratedImage.of("seen", seen.pixels, axes));
        assertArrayEquals(Labels.of(expected.labels()), Labels.of(found.labels()));
        assertArrayEquals(
                Labels.ofFloats(expected.probabilities().orElseThrow()),
                Labels.ofFloats(found.probabilities().orElseThrow()));
        assertEquals(expected.objects(), found.objects());
        for (int d = 0; d < found.axes().size(); d++) {
            int source = seen.axes.indexOf(found.axes().get(d).kind());
            assertEquals(seen.pixels.min(source), found.labels().min(d), seen.axes.get(source)::name);
            assertEquals(seen.pixels.min(source), found.probabilities().get().min(d));
            assertEquals(0, found.labelImage("shown").pixels().min(d));
            assertEquals(0, found.probabilityImage("shown").get().pixels().min(d));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void normalisationIsThatOfTheCopy(Case seen) throws IOException {
        RandomAccessibleInterval<FloatType> copied = ArrayImgs.floats(seen.pixels.dimensionsAsLongArray());
        copy(seen.pixels, copied);
        Axis.Kind[] axes = seen.axes.toArray(Axis.Kind[]::new);
        assertEquals(
                seen.model.fitNormalization(CalibratedImage.of("copied", copied, axes)),
                seen.model.fitNormalization(CalibratedImage.of("seen", seen.pixels, axes)));
    }
}
