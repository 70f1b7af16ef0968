package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.labels.ObjectSizes;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.TrueObjects;
import io.github.transfuse.samples.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The threshold, the least size and the depth of splitting that a finished model gets: those with the best score on the validation examples, if
 * they gain something that counts, and of equally good ones those nearest to the planned.
 *
 * @param tried outputs, the planned first
 * @param place of the chosen one
 */
record OutputChoice(List<OutputSpec> tried, int place) {
    /** Of a foreground. Beyond them a few images tell too little. */
    private static final List<Double> THRESHOLDS = List.of(0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7);

    /** Of objects, which must be found anew for each. */
    private static final List<Double> THRESHOLDS_OF_OBJECTS = List.of(0.3, 0.4, 0.5, 0.6, 0.7);

    /** Least sizes as parts of a small object. */
    private static final List<Double> SIZES = List.of(0.0, 0.25, 0.5);

    /** The share of true objects that are smaller than a small one. */
    private static final double SMALL = 0.05;

    /** Fewer images can judge an epoch if they must, but choose nothing more. */
    private static final int ENOUGH = 3;

    /**
     * What is worth to be tried.
     *
     * @param planned comes first
     * @param classes of the network's output: 1 for a foreground
     * @param truths of the validation examples
     */
    static List<OutputSpec> candidates(OutputSpec planned, int classes, List<Truth> truths) {
        Set<OutputSpec> tried = new LinkedHashSet<>(List.of(planned));
        List<TrueObjects> objects = truths.stream()
                .map(Truth::objects)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        boolean enough = truths.stream().map(Truth::image).distinct().count() >= ENOUGH;
        if (enough && !objects.isEmpty()) {
            Set<Long> sizes = new TreeSet<>(Set.of(planned.minSize()));
            double small = small(objects);
            SIZES.forEach(part -> sizes.add((long) (part * small)));
            Set<Double> depths = new LinkedHashSet<>(List.of(planned.splitDepth(), 0.0, OutputSpec.USUAL_SPLIT_DEPTH));
            THRESHOLDS_OF_OBJECTS.forEach(threshold ->
                    depths.forEach(depth -> sizes.forEach(size -> tried.add(with(planned, threshold, size, depth)))));
        } else if (enough && classes == 1) {
            THRESHOLDS.forEach(threshold -> tried.add(with(planned, threshold, planned.minSize(), 0)));
        }
        return new ArrayList<>(tried);
    }

    /** Area or volume of a small object, in the unit of least sizes. */
    private static double small(List<TrueObjects> images) {
        double[] sizes = images.stream()
                .flatMap(image -> ObjectSizes.of(image.numbers(), image.calibration()).stream())
                .mapToDouble(ObjectSizes.ObjectSize::size)
                .sorted()
                .toArray();
        return sizes.length == 0 ? 0 : sizes[(int) (SMALL * sizes.length)];
    }

    private static OutputSpec with(OutputSpec output, double threshold, long minSize, double splitDepth) {
        return new OutputSpec(output.classes(), output.kind(), threshold, minSize, output.fillHoles(), splitDepth);
    }

    /**
     * Chooses.
     *
     * @param tried the planned output and others
     * @param scores at each
     */
    static OutputChoice of(List<OutputSpec> tried, List<Scores> scores) {
        double best = scores.stream().mapToDouble(Scores::deciding).max().orElseThrow();
        OutputSpec planned = tried.get(0);
        return new OutputChoice(
                tried,
                IntStream.range(0, tried.size())
                        .filter(i -> best - scores.get(i).deciding() < TrainingPlan.LEAST_GAIN)
                        .boxed()
                        .min(Comparator.comparingDouble(
                                        (Integer i) -> Math.abs(tried.get(i).splitDepth() - planned.splitDepth()))
                                .thenComparing(i -> Math.abs(tried.get(i).threshold() - planned.threshold()))
                                .thenComparing(i -> Math.abs(tried.get(i).minSize() - planned.minSize())))
                        .orElseThrow());
    }

    OutputSpec output() {
        return tried.get(place);
    }

    /** What was chosen, for people; empty where everything stays as planned. */
    Optional<String> told(List<Scores> scores) {
        if (place == 0) {
            return Optional.empty();
        }
        OutputSpec planned = tried.get(0);
        return Optional.of(String.format(
                Locale.ROOT,
                "The model gets %s: %s %.4f on the validation images, where %s gives %.4f.",
                words(output(), planned),
                scores.get(place).decidingName(),
                scores.get(place).deciding(),
                words(planned, output()),
                scores.get(0).deciding()));
    }

    private static String words(OutputSpec output, OutputSpec other) {
        return "threshold " + output.threshold()
                + (output.minSize() == other.minSize() ? "" : " and min_size " + output.minSize())
                + (output.splitDepth() == other.splitDepth() ? "" : " and split_depth " + output.splitDepth());
    }
}
