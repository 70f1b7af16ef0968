package io.github.transfuse.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import io.github.transfuse.ContextSegmentationTest;
import io.github.transfuse.RandomModels;
import io.github.transfuse.Segmentation;
import io.github.transfuse.TransFuse;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.model.InputSpec.Rule;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.model.Normalization;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of models that see slices with their neighbours: a stack is scored as one volume. */
class ContextEvaluationTest {
    private static final int SIDE = 32;
    private static final int SLICES = 5;

    @TempDir
    Path folder;

    private final ImageStack image = new ImageStack(SIDE, SIDE);
    private final ImageStack mask = new ImageStack(SIDE, SIDE);

    private static ByteProcessor square(int side, int value) {
        ByteProcessor pixels = new ByteProcessor(SIDE, SIDE);
        pixels.setValue(value);
        pixels.setRoi(6, 6, side, side);
        pixels.fill();
        return pixels;
    }

    private void save() throws IOException {
        save("images", image);
        save("masks", mask);
    }

    private void save(String name, ImageStack stack) throws IOException {
        Path file = Files.createDirectories(folder.resolve(name)).resolve("s.tif");
        ImagePlus saved = new ImagePlus("s", stack);
        saved.setDimensions(1, stack.size(), 1);
        assertTrue(new FileSaver(saved).saveAsTiffStack(file.toString()));
    }

    private EvaluationReport evaluate(TransFuse model, double threshold) throws IOException {
        Settings settings = Settings.evaluating()
                .with("images", folder.resolve("images"))
                .with("masks", folder.resolve("masks"))
                .with("output", folder.resolve("out"))
                .with("threshold", threshold);
        return Evaluation.of(model, settings).run(EvaluationListener.NONE);
    }

    /** The network answers with the slice below: the object is found one slice too high. */
    @Test
    void aShiftAlongTheSlicesIsSeenInTheScoresOfTheVolume() throws IOException {
        for (int z = 0; z < SLICES; z++) {
            boolean inside = z >= 1 && z < 4;
            image.addSlice(square(inside ? 10 : 0, 255));
            mask.addSlice(square(inside ? 10 : 0, 1));
        }
        save();
        try (TransFuse model = ContextSegmentationTest.channel(3, 1, 0)) {
            EvaluationReport report = evaluate(model, 0.5);
            assertEquals(1, report.scores().size(), "one row for the stack");
            assertEquals("s", report.scores().get(0).image());
            assertEquals(300, report.scores().get(0).scores().overlap().truth());
            assertEquals(2.0 / 3, Measure.DICE.of(report.scores().get(0)), 1e-4, "two of three slices");
            assertEquals(1, Measure.HD95.of(report.scores().get(0)), 1e-9, "one slice away");
        }
        try (TransFuse model = ContextSegmentationTest.channel(3, 1, 1)) {
            assertEquals(1, Measure.DICE.of(evaluate(model, 0.5).scores().get(0)), 1e-9);
        }
    }

    /** Of a real network with random weights, the scores are those of the labels that segmenting gives. */
    @Test
    void theScoresAreThoseOfTheSegmentedVolume() throws IOException {
        Random random = new Random(4);
        for (int z = 0; z < SLICES; z++) {
            ByteProcessor noise = new ByteProcessor(SIDE, SIDE);
            for (int i = 0; i < SIDE * SIDE; i++) {
                noise.set(i, random.nextInt(256));
            }
            image.addSlice(noise);
            mask.addSlice(square(4 + 3 * z, 1));
        }
        save();
        Path stack = folder.resolve("images/s.tif");
        try (TransFuse model = TransFuse.load(randomModel().path().toString())) {
            Segmentation soft = model.with("probabilities", true).segment(ImageFiles.read(stack));
            double threshold = StreamSupport.stream(
                            Views.flatIterable(soft.probabilities().orElseThrow())
                                    .spliterator(),
                            false)
                    .mapToDouble(FloatType::get)
                    .sorted()
                    .skip(SLICES * SIDE * SIDE / 2)
                    .findFirst()
                    .orElseThrow();
            Segmentation hard = model.with("threshold", threshold).segment(ImageFiles.read(stack));
            EvaluationReport report = evaluate(model, threshold);
            assertEquals(1, report.scores().size());
            assertEquals(dice(hard), Measure.DICE.of(report.scores().get(0)), 1e-4);
            assertNotEquals(0, dice(hard));
        }
    }

    /** One image channel, seen in three slices. */
    private ModelFolder randomModel() throws IOException {
        ModelFolder random = RandomModels.write(folder.resolve("model"), Rule.TILE, 4);
        ModelSpec spec = random.spec();
        InputSpec input = spec.input();
        InputSpec.Sampling sampling = new InputSpec.Sampling(Optional.empty(), "pixel", InputSpec.Mode.CONTEXT, 1);
        Normalization zScore = new Normalization(Normalization.Kind.ZSCORE, List.of(), List.of(), 0, 100);
        return random.rewrite(new ModelSpec(
                spec.identity(),
                spec.network(),
                new InputSpec(input.rule(), List.of(SIDE, SIDE), input.overlap(), zScore, sampling),
                spec.output(),
                spec.history()));
    }

    private double dice(Segmentation result) {
        RandomAccess<? extends IntegerType<?>> labels = result.labels().randomAccess();
        long shared = 0;
        long both = 0;
        for (int z = 0; z < SLICES; z++) {
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean found = labels.setPositionAndGet(i % SIDE, i / SIDE, z).getInteger() > 0;
                boolean truth = mask.getProcessor(z + 1).get(i) > 0;
                shared += found && truth ? 1 : 0;
                both += (found ? 1 : 0) + (truth ? 1 : 0);
            }
        }
        return 2.0 * shared / both;
    }
}
