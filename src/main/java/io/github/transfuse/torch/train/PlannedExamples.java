package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.samples.Augmenter;
import io.github.transfuse.samples.Crops;
import io.github.transfuse.samples.ExampleFeed;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.MaskType;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.Split;
import io.github.transfuse.samples.Splitting;
import java.io.IOException;
import java.util.List;

/** From a plan to examples. */
final class PlannedExamples {

    private PlannedExamples() {}

    /** Finds, splits and reads the pairs of the plan. */
    static ExampleSet read(TrainingPlan plan) throws IOException {
        TrainingPlan.Data data = plan.data();
        List<Pair> pairs = Pairing.of(data.images(), data.masks());
        Split split = Splitting.of(data.validation(), pairs);
        ExampleSet.Reading reading = new ExampleSet.Reading(
                MaskType.of(data.meaning().type()), data.meaning().ignoreLabel(), data.channels());
        return ExampleSet.read(split, plan.spec(), reading);
    }

    /** What an epoch shows. */
    static Crops crops(TrainingPlan plan, ExampleSet examples) {
        return examples.crops(plan.spec().input(), isSoft(plan));
    }

    /** Augmented batches. */
    static ExampleFeed feed(TrainingPlan plan, ExampleSet examples, int threads) {
        Augmenter augmenter = new Augmenter(
                plan.execution().augmentations(),
                isSoft(plan),
                plan.spec().input().normalization());
        return new ExampleFeed(crops(plan, examples), augmenter, plan.schedule().seed(), threads);
    }

    /** Whether targets are soft foregrounds. */
    static boolean isSoft(TrainingPlan plan) {
        return plan.spec().network().classes() == 1;
    }
}
