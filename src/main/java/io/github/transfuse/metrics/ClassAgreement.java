package io.github.transfuse.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well class maps agree, the same in training, validation, evaluation and when bf16 is compared with float32: the mean
 * over the classes that are present in prediction or truth, background left out, and then over images. An image where none
 * is present counts 1. What is added under one name counts as one image: most slices of a stack may be empty, where a
 * single wrong pixel is as bad as a missed organ.
 */
public final class ClassAgreement {
    private final int classes;
    private final Map<String, Overlap[]> images = new LinkedHashMap<>();

    /**
     * No images yet.
     *
     * @param classes number of classes, background included, at least 2
     */
    public ClassAgreement(int classes) {
        this.classes = classes;
    }

    /** Adds an image, or a slice of one. */
    public void add(String image, Confusion confusion) {
        Overlap[] overlaps = images.computeIfAbsent(image, name -> nothing());
        Arrays.setAll(overlaps, k -> overlaps[k].plus(confusion.overlap(k)));
    }

    private Overlap[] nothing() {
        Overlap[] overlaps = new Overlap[classes];
        Arrays.fill(overlaps, new Overlap(0, 0, 0));
        return overlaps;
    }

    /** Mean {@link Overlap#dice}, more than 0 to 1; NaN without images. */
    public double dice() {
        return mean(Overlap::dice);
    }

    /** Mean {@link Overlap#iou}, 0 to 1; NaN without images. */
    public double iou() {
        return mean(Overlap::iou);
    }

    private double mean(ToDoubleFunction<Overlap> score) {
        return images.values().stream()
                .mapToDouble(overlaps -> mean(Arrays.asList(overlaps).subList(1, classes), score))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * How far predictions follow the truth: the correlation of Matthews (phi) of each foreground class against all others,
     * over all pixels of all images, each image with the same weight, and then the mean over the classes that the truth has.
     *
     * @return 1 where all is right, 0 for one class everywhere and for guessing whatever the shares of the classes are, less
     *     where it is the wrong way round; NaN where no truth has any foreground
     */
    public double correlation() {
        return IntStream.range(1, classes)
                .filter(k -> images.values().stream().anyMatch(overlaps -> overlaps[k].truth() > 0))
                .mapToDouble(this::correlation)
                .average()
                .orElse(Double.NaN);
    }

    private double correlation(int ofClass) {
        double shared = 0;
        double predicted = 0;
        double truth = 0;
        double all = 0;
        for (Overlap[] overlaps : images.values()) {
            double pixels = pixels(overlaps);
            if (pixels > 0) {
                Overlap overlap = overlaps[ofClass];
                shared += overlap.shared() / pixels;
                predicted += overlap.predicted() / pixels;
                truth += overlap.truth() / pixels;
                all++;
            }
        }
        double spread = predicted * (all - predicted) * truth * (all - truth);
        return spread <= 0 ? 0 : (all * shared - predicted * truth) / Math.sqrt(spread);
    }

    private static long pixels(Overlap... overlaps) {
        return Arrays.stream(overlaps).mapToLong(Overlap::truth).sum();
    }

    /**
     * The mean Dice of one image.
     *
     * @param foreground overlaps of its classes without the background
     */
    public static double dice(Collection<Overlap> foreground) {
        return mean(foreground, Overlap::dice);
    }

    private static double mean(Collection<Overlap> foreground, ToDoubleFunction<Overlap> score) {
        return foreground.stream()
                .filter(Overlap::isPresent)
                .mapToDouble(score)
                .average()
                .orElse(1);
    }

    /**
     * One class for every pixel.
     *
     * @param ofClass the class
     * @param dice of this answer
     */
    public record Constant(int ofClass, double dice) {}

    /** The answer of one class for every pixel that has the best Dice on the same truths; the first of equal ones. */
    public Constant constant() {
        Constant best = new Constant(0, always(0).dice());
        for (int k = 1; k < classes; k++) {
            double dice = always(k).dice();
            best = dice > best.dice ? new Constant(k, dice) : best;
        }
        return best;
    }

    private ClassAgreement always(int answer) {
        ClassAgreement always = new ClassAgreement(classes);
        images.forEach((image, overlaps) -> {
            long pixels = pixels(overlaps);
            Overlap[] found = new Overlap[classes];
            Arrays.setAll(found, k -> {
                long truth = overlaps[k].truth();
                return k == answer ? new Overlap(truth, pixels, truth) : new Overlap(0, 0, truth);
            });
            always.images.put(image, found);
        });
        return always;
    }
}
