package io.github.transfuse.torch.train;

import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.Truth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Dice and IoU of images as (2I + e) / (S + e) and (I + e) / (U + e) with e = 0.001: means over the classes present in
 * prediction or truth, 1 where there is none, and over images. The slices of a stack are counted as one image: most of them
 * may be empty, where a single wrong pixel is as bad as a missed organ.
 */
final class Agreement {

    private static final double SMOOTH = 1e-3;

    private final int last;
    private final Map<String, long[][]> images = new LinkedHashMap<>();

    /** No images yet; {@code last} is the greatest class, 1 for a foreground. */
    Agreement(int last) {
        this.last = last;
    }

    /**
     * Adds an image, or a slice of one.
     *
     * @param predicted class indices, [(D,) H, W]
     */
    void add(float[] predicted, Truth truth) {
        long[][] counts = images.computeIfAbsent(truth.image(), image -> new long[last + 1][3]);
        byte[] classes = truth.classes();
        for (int i = 0; i < classes.length; i++) {
            int wanted = classes[i] & 0xFF;
            if (wanted == Example.IGNORED) {
                continue;
            }
            int found = (int) predicted[i];
            counts[found][0] += found == wanted ? 1 : 0;
            counts[found][1]++;
            counts[wanted][2]++;
        }
    }

    /** Mean over images, in (0, 1]. */
    double dice() {
        return mean(counts -> (2 * counts[0] + SMOOTH) / (counts[1] + counts[2] + SMOOTH));
    }

    /** Mean over images, in (0, 1]. */
    double iou() {
        return mean(counts -> (counts[0] + SMOOTH) / (counts[1] + counts[2] - counts[0] + SMOOTH));
    }

    /**
     * The best Dice that a prediction of one class for every pixel has on the same truths.
     *
     * @return that class and its Dice
     */
    Constant constant() {
        Constant best = new Constant(0, always(0).dice());
        for (int c = 1; c <= last; c++) {
            double dice = always(c).dice();
            best = dice > best.dice ? new Constant(c, dice) : best;
        }
        return best;
    }

    /** One class for every pixel. */
    record Constant(int ofClass, double dice) {}

    /** What would have been counted for a prediction of one class. */
    private Agreement always(int c) {
        Agreement always = new Agreement(last);
        images.forEach((image, counts) -> {
            long[][] found = new long[last + 1][3];
            for (int k = 0; k <= last; k++) {
                found[k][2] = counts[k][2];
                found[c][1] += counts[k][2];
            }
            found[c][0] = counts[c][2];
            always.images.put(image, found);
        });
        return always;
    }

    /** Of a score of pixels in both, in the prediction and in the truth. */
    private double mean(ToDoubleFunction<long[]> score) {
        double sum = 0;
        for (long[][] counts : images.values()) {
            double ofImage = 0;
            int present = 0;
            for (int c = 1; c <= last; c++) {
                if (counts[c][1] + counts[c][2] > 0) {
                    ofImage += score.applyAsDouble(counts[c]);
                    present++;
                }
            }
            sum += present == 0 ? 1 : ofImage / present;
        }
        return sum / images.size();
    }
}
