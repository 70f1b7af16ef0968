package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.labels.ClassMap;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.TrueObjects;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.imglib2.img.array.ArrayImgs;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threshold and the least size of a finished model. */
class OutputChoiceTest {
    private static final double ROUNDING = 1e-9;

    @TempDir
    private Path folder;

    private static OutputSpec output(double threshold, long minSize) {
        return new OutputSpec(
                List.of(new OutputSpec.ClassSpec("cell", 0)),
                OutputSpec.Kind.BOUNDARY_INSTANCES,
                threshold,
                minSize,
                false);
    }

    private static OutputSpec split(double threshold, double depth) {
        OutputSpec whole = output(threshold, 0);
        return new OutputSpec(whole.classes(), whole.kind(), threshold, 0, false, depth);
    }

    /** The depth of splitting is left as it is before the threshold is. */
    @Test
    void splittingIsChosenTooIfItGains() {
        List<OutputSpec> tried = List.of(split(0.5, 0.75), split(0.5, 0), split(0.6, 0.75), split(0.6, 0));
        List<Scores> scores = List.of(score(0.5), score(0.8), score(0.7995), score(0.7));
        assertEquals(2, OutputChoice.of(tried, scores).place());
        List<Scores> whole = List.of(score(0.5), score(0.6), score(0.7), score(0.8));
        assertEquals(
                "The model gets threshold 0.6 and split_depth 0.0: object F1@0.5 0.8000 on the validation images, where"
                        + " threshold 0.5 and split_depth 0.75 gives 0.5000.",
                OutputChoice.of(tried, whole).told(whole).orElseThrow());
    }

    private static Scores score(double f1) {
        return new Scores(1, 0.5, 0.4, 0.5, Optional.empty(), Optional.of(new ObjectScore(f1, 0)));
    }

    /** All outputs in one pass have the figures that each has alone. */
    @Test
    void allThresholdsInOnePass() throws IOException {
        TrainingPlan plan = new TinyTraining(folder).pictures(20).plan();
        ExampleSet data = PlannedExamples.read(plan);
        int classes = plan.spec().network().classes();
        BatchTensors.Form form =
                new BatchTensors.Form(new Device("cpu"), plan.spec().input().normalization(), classes, false);
        List<OutputSpec> tried =
                new ArrayList<>(OutputChoice.candidates(plan.spec().output(), classes, data.truths()));
        Collections.shuffle(tried, new Random(1));
        try (TransFuseNetwork network = new TransFuseNetwork(plan.spec().network(), 0)) {
            Initialization.random(network, 1);
            List<Scores> together = new Validation(data, plan, form, note -> {})
                    .scoreAt(tried, network, false)
                    .scores();
            for (int i = 0; i < tried.size(); i++) {
                TrainingPlan one = new TrainingPlan(
                        plan.spec().withOutput(tried.get(i)),
                        plan.data(),
                        plan.schedule(),
                        plan.start(),
                        plan.execution());
                Scores alone = new Validation(data, one, form, note -> {}).score(network, false);
                assertEquals(alone.mcc(), together.get(i).mcc(), ROUNDING, tried.get(i) + "");
                assertEquals(alone.dice(), together.get(i).dice(), ROUNDING, tried.get(i) + "");
            }
            assertTrue(together.stream().map(Scores::deciding).distinct().count() > 2, together + "");
        }
    }

    /** As segmenting decides. */
    @Test
    void pixelsAreDecidedAtEachThreshold() {
        List<OutputSpec> outputs = List.of(output(0.5, 0), output(0.3, 0), output(0.62, 0), output(0.3, 9));
        Decisions decisions = new Decisions(outputs, 1);
        float[] logits = new float[4000];
        Random random = new Random(2);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = i % 50 == 0 ? 0 : (float) random.nextGaussian();
        }
        try (PointerScope scope = new PointerScope()) {
            byte[] decided = decisions.of(Tensor.create(logits, 1, 1, 40, 100));
            for (int i = 0; i < outputs.size(); i++) {
                byte[] expected = new byte[logits.length];
                ClassMap.ofLogits(outputs.get(i).threshold()).classify(new float[][] {logits}, expected);
                assertArrayEquals(expected, decisions.classes(decided, i), outputs.get(i) + "");
            }
        }
    }

    @Test
    void theBestIsTakenIfItGainsSomething() {
        List<OutputSpec> tried = List.of(output(0.5, 0), output(0.6, 0), output(0.7, 0));
        assertEquals(
                2,
                OutputChoice.of(tried, List.of(score(0.7), score(0.75), score(0.8)))
                        .place());
        assertEquals(
                0,
                OutputChoice.of(tried, List.of(score(0.7), score(0.6), score(0.7009)))
                        .place());
        assertEquals(
                2,
                OutputChoice.of(tried, List.of(score(0.7), score(0.6), score(0.7011)))
                        .place());
    }

    @Test
    void ofEquallyGoodOnesTheNearestIsTaken() {
        List<OutputSpec> tried =
                List.of(output(0.5, 10), output(0.7, 10), output(0.4, 30), output(0.6, 30), output(0.6, 0));
        List<Scores> scores = List.of(score(0.5), score(0.8), score(0.7), score(0.7995), score(0.7993));
        assertEquals(4, OutputChoice.of(tried, scores).place());
        assertEquals(
                "The model gets threshold 0.6 and min_size 0: object F1@0.5 0.7993 on the validation images, where"
                        + " threshold 0.5 and min_size 10 gives 0.5000.",
                OutputChoice.of(tried, scores).told(scores).orElseThrow());
    }

    private static Truth truth(String image, int... areas) {
        int[] numbers = new int[40 * 40];
        for (int i = 0; i < areas.length; i++) {
            Arrays.fill(numbers, 40 * i, 40 * i + areas[i], i + 1);
        }
        return new Truth(
                image,
                40,
                40,
                new byte[numbers.length],
                Optional.of(new TrueObjects(ArrayImgs.ints(numbers, 40, 40), 0.5)));
    }

    @Test
    void leastSizesArePartsOfSmallObjects() {
        List<Truth> truths = List.of(truth("a", 40, 38, 36), truth("b", 32, 40), truth("c", 24));
        List<OutputSpec> tried = OutputChoice.candidates(output(0.45, 1), 3, truths);
        assertEquals(output(0.45, 1), tried.get(0));
        assertEquals(
                List.of(0L, 1L, 3L, 6L),
                tried.stream().map(OutputSpec::minSize).distinct().sorted().toList(),
                "0, a quarter and a half of 24 pixels of 0.5 each");
        assertEquals(1 + 5 * 4 * 2, tried.size());
        assertEquals(
                List.of(0.0, 0.75),
                tried.stream().map(OutputSpec::splitDepth).distinct().sorted().toList());
    }

    @Test
    void aFewImagesChooseNothing() {
        List<Truth> two = List.of(truth("a", 40), truth("b", 40), truth("b", 30));
        assertEquals(1, OutputChoice.candidates(output(0.5, 0), 3, two).size());
        List<Truth> plain = List.of(new Truth("a", 1, 1, new byte[1]), new Truth("b", 1, 1, new byte[1]));
        assertEquals(1, OutputChoice.candidates(output(0.5, 0), 1, plain).size());
    }

    /** Of several classes the greatest wins, whatever the threshold. */
    @Test
    void severalClassesHaveNothingToChoose() {
        List<Truth> truths = List.of(
                new Truth("a", 1, 1, new byte[1]),
                new Truth("b", 1, 1, new byte[1]),
                new Truth("c", 1, 1, new byte[1]));
        assertEquals(1, OutputChoice.candidates(output(0.5, 0), 4, truths).size());
        assertFalse(OutputChoice.candidates(output(0.5, 0), 1, truths).size() < 9);
    }
}
