package io.github.transfuse.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;

/**
 * Compares instances one to one: a predicted object is right if its IoU with a true object is greater than a threshold.
 *
 * <p>From 0.5 on there is at most one such partner; below, pairs are made in order of falling IoU.
 *
 * @param matched pairs
 * @param predicted objects of the prediction
 * @param truth objects of the truth
 * @param meanIou mean IoU of the pairs; NaN without a pair
 */
public record ObjectMatching(int matched, int predicted, int truth, double meanIou) implements Serializable {
    /** The IoU that a pair must exceed where nothing else is said. */
    public static final double USUAL_IOU = 0.5;

    /**
     * Matches objects.
     *
     * @param prediction instances, 0 = background
     * @param truth instances, 0 = background, same size
     * @param threshold the IoU that a pair must exceed, 0 to 1
     * @return the counts
     * @throws IllegalArgumentException if the sizes differ or the threshold is not in [0, 1)
     */
    public static ObjectMatching of(
            RandomAccessibleInterval<? extends IntegerType<?>> prediction,
            RandomAccessibleInterval<? extends IntegerType<?>> truth,
            double threshold) {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("IoU threshold " + threshold + " must be at least 0 and less than 1");
        }
        Map<Long, Long> predictedSizes = new HashMap<>();
        Map<Long, Long> trueSizes = new HashMap<>();
        Map<Pair, Long> shared = new HashMap<>();
        Pairs.forEach(prediction, truth, (p, t, pixels) -> {
            predictedSizes.merge(p, pixels, Long::sum);
            trueSizes.merge(t, pixels, Long::sum);
            if (p != 0 && t != 0 && pixels > 0) {
                shared.merge(new Pair(p, t), pixels, Long::sum);
            }
        });
        predictedSizes.remove(0L);
        trueSizes.remove(0L);
        List<Candidate> candidates = new ArrayList<>();
        shared.forEach((pair, pixels) -> {
            long union = predictedSizes.get(pair.predicted) + trueSizes.get(pair.truth) - pixels;
            candidates.add(new Candidate(pair, (double) pixels / union));
        });
        candidates.removeIf(c -> c.iou <= threshold);
        List<Candidate> pairs = greedy(candidates);
        double meanIou = pairs.stream().mapToDouble(Candidate::iou).average().orElse(Double.NaN);
        return new ObjectMatching(pairs.size(), predictedSizes.size(), trueSizes.size(), meanIou);
    }

    private static List<Candidate> greedy(List<Candidate> candidates) {
        candidates.sort(Comparator.comparingDouble(Candidate::iou)
                .reversed()
                .thenComparingLong(c -> c.pair.predicted)
                .thenComparingLong(c -> c.pair.truth));
        Set<Long> usedPredicted = new HashSet<>();
        Set<Long> usedTruth = new HashSet<>();
        List<Candidate> pairs = new ArrayList<>();
        for (Candidate c : candidates) {
            if (!usedPredicted.contains(c.pair.predicted) && !usedTruth.contains(c.pair.truth)) {
                usedPredicted.add(c.pair.predicted);
                usedTruth.add(c.pair.truth);
                pairs.add(c);
            }
        }
        return pairs;
    }

    /**
     * Object F1: 2 pairs / (predicted + true objects).
     *
     * @return 0 to 1; 1 if there are no objects at all
     */
    public double f1() {
        return new Overlap(matched, predicted, truth).exactDice();
    }

    private record Pair(long predicted, long truth) {}

    private record Candidate(Pair pair, double iou) {}
}
