package io.github.transfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.Device;
import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.image.FittedNormalization;
import io.github.transfuse.inference.AreaOfInterest;
import io.github.transfuse.inference.TileWindow;
import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.segmentation.Ensemble;
import io.github.transfuse.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;

/** Several models that answer together, with networks whose logits are known: the pixels times a factor. */
class EnsembleTest {

    private static ModelFolder model(String name, InputSpec.Rule rule, int channels, OutputSpec.Kind kind) {
        ModelFolder fake = FakeNetworks.model(rule, channels, kind, Optional.empty());
        ModelSpec spec = fake.spec();
        Identity identity = new Identity(name, name, "For tests.", "none");
        return new ModelFolder(
                Path.of(name),
                new ModelSpec(identity, spec.network(), spec.input(), spec.output(), spec.history()),
                name + "0".repeat(63));
    }

    private static Ensemble.Voice voice(ModelFolder model, float factor) {
        return new Ensemble.Voice(model, options -> new FakeNetworks.Times(factor));
    }

    private static Img<FloatType> noise(long... size) {
        Img<FloatType> image = ArrayImgs.floats(size);
        Random random = new Random(5);
        image.forEach(pixel -> pixel.set((float) random.nextGaussian()));
        return image;
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    @Test
    void aPixelGetsTheMeanOfTheProbabilitiesWhicheverWayTheModelsLook() throws IOException {
        Img<FloatType> image = noise(70, 50, 3);
        ModelFolder slices = model("a", InputSpec.Rule.TILE, 1, OutputSpec.Kind.CLASSES);
        ModelFolder triplanar = FakeNetworks.inMode(
                model("b", InputSpec.Rule.TILE, 1, OutputSpec.Kind.CLASSES), InputSpec.Mode.TRIPLANAR);
        ModelFolder opposite = model("c", InputSpec.Rule.TILE, 1, OutputSpec.Kind.CLASSES);
        float[] factors = {6, 1, -3};
        try (TransFuse models = TransFuse.with(
                        List.of(voice(slices, factors[0]), voice(triplanar, factors[1]), voice(opposite, factors[2])))
                .with("probabilities", true)
                .with("threshold", 0.45)) {
            Segmentation result = models.segment(image);
            Cursor<FloatType> pixel = image.localizingCursor();
            RandomAccess<FloatType> p = result.probabilities().orElseThrow().randomAccess();
            RandomAccess<? extends IntegerType<?>> label = result.labels().randomAccess();
            while (pixel.hasNext()) {
                float value = pixel.next().get();
                double expected = 0;
                for (float factor : factors) {
                    expected += sigmoid(factor * value) / factors.length;
                }
                for (int d = 0; d < 3; d++) {
                    p.setPosition(pixel.getLongPosition(d), d);
                    label.setPosition(pixel.getLongPosition(d), d);
                }
                p.setPosition(0, 3);
                assertEquals(expected, p.get().get(), 1e-5);
                if (Math.abs(expected - 0.45) > 1e-4) {
                    assertEquals(expected > 0.45 ? 1 : 0, label.get().getInteger());
                }
            }
            assertEquals(
                    "a+b+c",
                    result.provenance().json().get("model").getAsString().replace("fake", "b"));
            assertTrue(result.provenance().notes().stream().anyMatch(n -> n.contains("mean of 3 models")));
        }
    }

    @Test
    void severalClassesAreThoseOfTheMeanAndNotOfAVote() throws IOException {
        Img<FloatType> image = noise(40, 33, 3);
        float[] factors = {9, -1, -1};
        List<Ensemble.Voice> voices = new ArrayList<>();
        for (int i = 0; i < factors.length; i++) {
            voices.add(voice(model("m" + i, InputSpec.Rule.TILE, 3, OutputSpec.Kind.CLASSES), factors[i]));
        }
        try (TransFuse models = TransFuse.with(voices)) {
            var labels = models.segment(image).labels();
            RandomAccess<? extends IntegerType<?>> label = labels.randomAccess();
            RandomAccess<FloatType> pixel = image.randomAccess();
            for (long y = 0; y < 33; y++) {
                for (long x = 0; x < 40; x++) {
                    double[] mean = new double[3];
                    for (float factor : factors) {
                        double[] e = new double[3];
                        for (int k = 0; k < 3; k++) {
                            e[k] = Math.exp(
                                    factor * pixel.setPositionAndGet(x, y, k).get());
                        }
                        for (int k = 0; k < 3; k++) {
                            mean[k] += e[k] / (e[0] + e[1] + e[2]) / factors.length;
                        }
                    }
                    int best = IntStream.range(0, 3).reduce(0, (i, j) -> mean[j] > mean[i] ? j : i);
                    double second = IntStream.range(0, 3)
                            .filter(k -> k != best)
                            .mapToDouble(k -> mean[k])
                            .max()
                            .orElseThrow();
                    if (mean[best] - second > 1e-4) {
                        assertEquals(best, label.setPositionAndGet(x, y).getInteger());
                    }
                }
            }
        }
    }

    @Test
    void modelsOfOtherTasksAreRefused() {
        ModelFolder one = model("one", InputSpec.Rule.TILE, 1, OutputSpec.Kind.CLASSES);
        ModelFolder objects = model("objects", InputSpec.Rule.TILE, 1, OutputSpec.Kind.INSTANCES);
        ModelFolder color = model("color", InputSpec.Rule.TILE, 3, OutputSpec.Kind.CLASSES);
        assertRefused("kind of output differ (classes; instances)", one, objects);
        assertRefused("channels differ (1; 3)", one, color);
        assertRefused("named twice", one, one);
        ModelSpec spec = one.spec();
        OutputSpec other =
                new OutputSpec(List.of(new OutputSpec.ClassSpec("liver", 1)), OutputSpec.Kind.CLASSES, 0.5, 0, false);
        assertRefused(
                "classes differ (class0; liver)",
                one,
                new ModelFolder(
                        Path.of("liver"),
                        new ModelSpec(spec.identity(), spec.network(), spec.input(), other, spec.history()),
                        "1".repeat(64)));
        assertRefused(
                "orientation of volumes differ (as the file lies; RAS)",
                one,
                new ModelFolder(
                        Path.of("oriented"),
                        new ModelSpec(
                                spec.identity(),
                                spec.network(),
                                spec.input().oriented(Optional.of("RAS")),
                                spec.output(),
                                spec.history()),
                        "1".repeat(64)));
    }

    private static void assertRefused(String words, ModelFolder... models) {
        List<Ensemble.Voice> voices = new ArrayList<>();
        for (ModelFolder model : models) {
            voices.add(voice(model, 1));
        }
        String said = assertThrows(SettingException.class, () -> TransFuse.with(voices))
                .getMessage();
        assertTrue(said.contains(words), said);
    }

    @Test
    void numbersAndTilesOfOneModelAreNotGivenToOthersThatSeeInOtherWays() throws IOException {
        ModelFolder a = model("a", InputSpec.Rule.TILE, 1, OutputSpec.Kind.CLASSES);
        ModelFolder resized = model("b", InputSpec.Rule.RESIZE, 1, OutputSpec.Kind.CLASSES);
        ModelFolder scaled = new ModelFolder(
                Path.of("c"),
                a.spec()
                        .withNormalization(
                                new Normalization(Normalization.Kind.PERCENTILE, List.of(), List.of(), 1, 99)),
                "2".repeat(64));
        FittedNormalization numbers = FittedNormalization.none(1);

        try (TransFuse tiles = TransFuse.with(List.of(voice(a, 1), voice(resized, 1)));
                TransFuse values = TransFuse.with(List.of(voice(a, 1), voice(scaled, 1)))) {
            long[] size = {64, 64};
            TileWindow window = TileWindow.of(tiles.tileGrid(), size, new long[] {0, 0}, size);
            assertFalse(tiles.normalization(numbers).givenNormalization().isEmpty());
            assertThrows(SettingException.class, () -> tiles.only(window, AreaOfInterest.ALL));
            assertThrows(SettingException.class, () -> values.normalization(numbers));
        }
    }

    @Test
    void allNetworksAreClosed() throws IOException {
        FakeNetworks.Times first = new FakeNetworks.Times(1, 99, Device.CPU);
        FakeNetworks.Times second = new FakeNetworks.Times(1, 99, Device.CPU);
        try (TransFuse models = TransFuse.with(List.of(
                new Ensemble.Voice(model("a", InputSpec.Rule.RESIZE, 1, OutputSpec.Kind.INSTANCES), o -> first),
                new Ensemble.Voice(model("b", InputSpec.Rule.TILE, 1, OutputSpec.Kind.INSTANCES), o -> second)))) {
            Segmentation result =
                    models.segment(CalibratedImage.inUsualOrder("image", ArrayImgs.floats(48, 32), false));
            assertEquals(0, result.objects().orElseThrow());
            assertTrue(first.isOpen() && second.isOpen());
        }
        assertFalse(first.isOpen() || second.isOpen());
    }
}
