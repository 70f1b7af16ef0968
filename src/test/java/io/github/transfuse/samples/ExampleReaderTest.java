package io.github.transfuse.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.model.Identity;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.ModelHistory;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.network.NetworkSpec;
import io.github.transfuse.network.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleReaderTest {

    private static final int SIDE = 48;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
    }

    private static ModelSpec model(Normalization.Kind kind, InputSpec.Rule rule) {
        Normalization normalization = new Normalization(kind, List.of(), List.of(), 0, 100);
        return new ModelSpec(
                new Identity("t", "T", "", "CC0-1.0"),
                new NetworkSpec(Variant.T, 1, 1, true),
                new InputSpec(rule, List.of(SIDE, SIDE), 0.5, normalization, InputSpec.Sampling.AS_IS),
                new OutputSpec(List.of(new OutputSpec.ClassSpec("object", 0)), OutputSpec.Kind.CLASSES, 0.5, 0, false),
                ModelHistory.empty());
    }

    /** A ramp of 16 bits from 1000, and a mask of its right half. */
    private void write(String stem, int width, int height, int maskWidth) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
        BufferedImage mask = new BufferedImage(maskWidth, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, 1000 + 100 * (i % width));
        }
        for (int i = 0; i < maskWidth * height; i++) {
            mask.getRaster().setSample(i % maskWidth, i / maskWidth, 0, i % maskWidth >= maskWidth / 2 ? 1 : 0);
        }
        ImageIO.write(image, "png", folder.resolve("images/" + stem + ".png").toFile());
        ImageIO.write(mask, "png", folder.resolve("masks/" + stem + ".png").toFile());
    }

    private ExampleSet read(ModelSpec model) throws IOException {
        return read(model, MaskType.AUTO);
    }

    private ExampleSet read(ModelSpec model, MaskType type) throws IOException {
        List<Pair> pairs = Pairing.of(folder.resolve("images"), folder.resolve("masks"));
        return ExampleSet.read(Splitting.of("auto", pairs), model, reading(type));
    }

    private static ExampleSet.Reading reading() {
        return reading(MaskType.AUTO);
    }

    private static ExampleSet.Reading reading(MaskType type) {
        return new ExampleSet.Reading(type, Optional.empty(), List.of());
    }

    @Test
    void oneClassIsAForeground() throws IOException {
        write("a", SIDE, SIDE, SIDE);
        write("b", SIDE, SIDE, SIDE);
        ModelSpec model = model(Normalization.Kind.PERCENTILE, InputSpec.Rule.RESIZE);

        byte[] asForeground = read(model).training().get(0).target();
        byte[] asClass = read(model, MaskType.CLASSES).training().get(0).target();

        assertArrayEquals(asForeground, asClass);
        assertEquals((byte) Example.FOREGROUND, asClass[SIDE - 1]);
    }

    @Test
    void aPixelSizeInPixelsMagnifiesUncalibratedImages() throws IOException {
        write("a", 60, 50, 60);
        write("b", 60, 50, 60);
        ModelSpec plain = model(Normalization.Kind.PERCENTILE, InputSpec.Rule.TILE);
        InputSpec.Sampling half =
                new InputSpec.Sampling(Optional.of(List.of(0.5, 0.5)), "pixel", InputSpec.Mode.SLICES, 0);
        InputSpec input = new InputSpec(
                plain.input().rule(), plain.input().size(), 0.5, plain.input().normalization(), half);
        ModelSpec magnifying = new ModelSpec(plain.identity(), plain.network(), input, plain.output(), plain.history());

        Example example = read(magnifying).training().get(0);

        assertEquals(100, example.height());
        assertEquals(120, example.width());
    }

    @Test
    void normalisesEveryImageByTheRuleOfTheModel() throws IOException {
        write("a", SIDE, SIDE, SIDE);
        write("b", SIDE, SIDE, SIDE);
        double last = 1000 + 100 * (SIDE - 1);
        assertEquals(last / 16_383, value(Normalization.Kind.FIXED), 1e-5, "values of 14 bits");
        assertEquals(1, value(Normalization.Kind.PERCENTILE), 1e-5);
        double mean = (1000 + last) / 2;
        double deviation = 100 * Math.sqrt((SIDE * SIDE - 1) / 12.0);
        assertEquals((last - mean) / deviation, value(Normalization.Kind.ZSCORE), 1e-4);
    }

    /** The brightest pixel in units. */
    private double value(Normalization.Kind kind) throws IOException {
        ModelSpec model = model(kind, InputSpec.Rule.RESIZE);
        Example example = read(model).training().get(0);
        ExampleBatch batch = Augmenter.plain(example, true, model.input().normalization());
        assertEquals(0, batch.targets()[0]);
        assertEquals(1, batch.targets()[SIDE - 1]);
        return batch.images()[SIDE - 1];
    }

    @Test
    void listsEveryPairThatCannotBeUsed() throws IOException {
        write("narrow", SIDE, SIDE, SIDE - 1);
        write("small", 31, 40, 31);
        write("good", SIDE, SIDE, SIDE);
        SamplesException thrown = assertThrows(
                SamplesException.class, () -> read(model(Normalization.Kind.FIXED, InputSpec.Rule.RESIZE)));
        assertTrue(thrown.getMessage().contains("narrow.png has 1 plane(s) of 48 x 48"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("small.png is only 31 x 40"), thrown.getMessage());
    }

    @Test
    void padsToKeepTheAspectAndLeavesThePaddingOut() throws IOException {
        write("a", 96, 48, 96);
        write("b", 96, 48, 96);
        Example example = read(model(Normalization.Kind.FIXED, InputSpec.Rule.RESIZE_PADDED))
                .training()
                .get(0);
        assertEquals(Example.IGNORED, example.target()[0] & 0xFF);
        assertEquals(0, example.target()[24 * SIDE] & 0xFF);
        assertEquals(Example.FOREGROUND, example.target()[24 * SIDE + SIDE - 1] & 0xFF);
    }

    @Test
    void tilesAreVariedTheSameWayForTheSameSeed() throws IOException, InterruptedException {
        write("a", 100, 70, 100);
        write("b", 100, 70, 100);
        ModelSpec model = model(Normalization.Kind.FIXED, InputSpec.Rule.TILE);
        ExampleSet examples = read(model);
        float[] one = batch(examples, model, 1);
        assertEquals(SIDE * SIDE * 4, one.length);
        assertArrayEquals(one, batch(examples, model, 3));
    }

    private static float[] batch(ExampleSet examples, ModelSpec model, int threads) throws InterruptedException {
        Set<String> all = Set.of("flip", "rotate", "color", "elastic", "noise", "stain");
        Augmenter augmenter = new Augmenter(all, true, model.input().normalization());
        try (ExampleFeed feed = new ExampleFeed(examples.crops(model.input(), true), augmenter, 5, threads)) {
            assertEquals(1, feed.start(1, 4));
            return feed.next().images();
        }
    }

    @Test
    void showsTwelveSamples() throws IOException {
        write("a", 100, 70, 100);
        List<Pair> pairs = Pairing.of(folder.resolve("images"), folder.resolve("masks"));
        List<AugmentationPreview.Sample> samples = AugmentationPreview.of(
                pairs, model(Normalization.Kind.FIXED, InputSpec.Rule.TILE), reading(), Set.of("flip"), 1);
        assertEquals(AugmentationPreview.COUNT, samples.size());
        assertEquals(SIDE * SIDE, samples.get(0).rgb().length);
        assertEquals(SIDE * SIDE, samples.get(0).truth().length);
    }

    @Test
    void unknownAugmentationsAreNamed() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> new Augmenter(Set.of("flips"), true, Normalization.IMAGENET));
        assertTrue(thrown.getMessage().contains("'flips'"), thrown.getMessage());
    }
}
