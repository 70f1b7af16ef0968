package io.github.transfuse.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.torch.nn.Initialization;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside a network on a GPU several threads validate: the figures are those of one. */
class ValidationThreadsTest {
    private static final double ROUNDING = 1e-6;

    @TempDir
    private Path folder;

    private void requireSame(TinyTraining training) throws IOException {
        TrainingPlan plan = training.plan();
        ExampleSet data = PlannedExamples.read(plan);
        BatchTensors.Form form = new BatchTensors.Form(
                new Device("cpu"),
                plan.spec().input().normalization(),
                plan.spec().network().classes(),
                false);
        try (TransFuseNetwork network = new TransFuseNetwork(plan.spec().network(), 0)) {
            Initialization.random(network, 1);
            Validation one = new Validation(data, plan, form, note -> {}, 1);
            Validation many = new Validation(data, plan, form, note -> {}, 4);
            requireSame(one.score(network, false), many.score(network, false));
            List<Preview> previews = many.previews();
            assertEquals(one.previews().size(), previews.size());
            for (int i = 0; i < previews.size(); i++) {
                assertEquals(one.previews().get(i).name(), previews.get(i).name());
                assertArrayEquals(
                        one.previews().get(i).predicted(), previews.get(i).predicted());
            }
        }
    }

    private static void requireSame(Scores one, Scores many) {
        assertEquals(one.loss(), many.loss(), ROUNDING);
        assertEquals(one.dice(), many.dice(), ROUNDING);
        assertEquals(one.mcc(), many.mcc(), ROUNDING);
        assertEquals(one.objects(), many.objects());
    }

    @Test
    void ofTilesWithObjects() throws IOException {
        requireSame(new TinyTraining(folder).objects(24, 70).rule(InputSpec.Rule.TILE));
    }

    @Test
    void ofStacksWithObjects() throws IOException {
        requireSame(new TinyTraining(folder).objectsOfStacks(4));
    }

    @Test
    void ofWholeImages() throws IOException {
        requireSame(new TinyTraining(folder).pictures(24));
    }
}
