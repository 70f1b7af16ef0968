package io.github.transfuse.torch.train;

import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleReader;
import io.github.transfuse.samples.Pair;
import io.github.transfuse.samples.Pairing;
import io.github.transfuse.samples.Split;
import io.github.transfuse.samples.Truth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The examples of a training, read into memory.
 *
 * @param split which pairs train and validate
 * @param training examples to learn from
 * @param validation examples to select with
 * @param truths masks of the validation examples at their stored size
 */
record TrainingData(Split split, List<Example> training, List<Example> validation, List<Truth> truths) {

    /** Finds, splits and reads the pairs of the plan. */
    static TrainingData read(TrainingPlan plan) throws IOException {
        List<Pair> pairs = Pairing.of(plan.data().images(), plan.data().masks());
        Split split = Split.byChecksum(pairs, UnaryOperator.identity());
        List<Integer> size = plan.spec().input().size();
        ExampleReader reader = new ExampleReader(
                size.get(0),
                size.get(1),
                plan.spec().network().channels(),
                plan.spec().network().classes(),
                plan.data().ignoreLabel());
        try {
            return new TrainingData(
                    split,
                    split.training().parallelStream()
                            .map(p -> example(reader, p))
                            .toList(),
                    split.validation().parallelStream()
                            .map(p -> example(reader, p))
                            .toList(),
                    split.validation().stream().map(p -> truth(reader, p)).toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Example example(ExampleReader reader, Pair pair) {
        try {
            return reader.example(pair);
        } catch (IOException e) {
            throw unreadable(pair.image(), e);
        }
    }

    private static Truth truth(ExampleReader reader, Pair pair) {
        try {
            return reader.truth(pair);
        } catch (IOException e) {
            throw unreadable(pair.mask(), e);
        }
    }

    private static UncheckedIOException unreadable(Path file, IOException cause) {
        return new UncheckedIOException(new IOException(file + " cannot be read: " + cause.getMessage(), cause));
    }
}
