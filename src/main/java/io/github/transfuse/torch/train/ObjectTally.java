package io.github.transfuse.torch.train;

import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.labels.BoundaryInstances;
import io.github.transfuse.labels.LabelCleaning;
import io.github.transfuse.labels.Probabilities;
import io.github.transfuse.metrics.ObjectMatching;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.TrueObjects;
import io.github.transfuse.samples.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * Finds the objects of validation images as segmenting with the same model does, and matches them as evaluation does. The
 * slices of a stack come one after the other, and are judged together when they are complete.
 */
final class ObjectTally {
    private final OutputSpec output;
    private final List<float[][]> planes = new ArrayList<>();
    private final List<byte[]> known = new ArrayList<>();
    private double f1;
    private int empty;
    private int images;

    /**
     * No images yet.
     *
     * @param output of the model: how strict, and what is cleaned
     */
    ObjectTally(OutputSpec output) {
        this.output = output;
    }

    /** One plane alone. */
    private ObjectTally(OutputSpec output, float[][] classes, byte... mask) {
        this(output);
        planes.add(classes);
        known.add(mask);
    }

    /**
     * What is known of a plane before the others of its stack: of a plane alone, already how its objects match.
     *
     * @param probabilities of the classes, in slices of a stack
     * @param matching of a plane that is no slice
     */
    record Plane(float[][] probabilities, Optional<ObjectMatching> matching) {
        /** Without objects. */
        static final Plane NONE = new Plane(new float[0][], Optional.empty());
    }

    /**
     * Looks at a plane; several threads can do so at a time.
     *
     * @param logits at the size of its mask, [K, H, W]; not copied, and written over
     * @param truth with objects
     * @param output of the model
     */
    static Plane plane(float[] logits, Truth truth, OutputSpec output) {
        int pixels = truth.height() * truth.width();
        float[][] classes = new float[logits.length / pixels][];
        Arrays.setAll(classes, k -> Arrays.copyOfRange(logits, k * pixels, (k + 1) * pixels));
        Probabilities.ofLogits(classes);
        TrueObjects objects = truth.objects().orElseThrow();
        return objects.planes() > 1
                ? new Plane(classes, Optional.empty())
                : new Plane(
                        new float[0][],
                        Optional.of(new ObjectTally(output, classes, truth.classes()).matching(objects)));
    }

    /** As {@link #plane} and {@link #add(Plane, Truth)}; without objects nothing is added. */
    void add(float[] logits, Truth truth) {
        if (truth.objects().isPresent()) {
            add(plane(logits, truth, output), truth);
        }
    }

    /**
     * Adds a plane.
     *
     * @param truth of the plane; without objects, nothing is added
     */
    void add(Plane plane, Truth truth) {
        if (truth.objects().isEmpty()) {
            return;
        }
        if (plane.matching.isPresent()) {
            count(plane.matching.get());
            return;
        }
        planes.add(plane.probabilities);
        known.add(truth.classes());
        TrueObjects objects = truth.objects().get();
        if (planes.size() == objects.planes()) {
            count(matching(objects));
            planes.clear();
            known.clear();
        }
    }

    private void count(ObjectMatching matching) {
        f1 += matching.f1();
        empty += matching.truth() == 0 ? 1 : 0;
        images++;
    }

    private ObjectMatching matching(TrueObjects truth) {
        RandomAccessibleInterval<IntType> found = find(truth);
        int i = 0;
        for (IntType label : IterableRandomAccessibleInterval.create(found)) {
            byte[] plane = known.get(i / known.get(0).length);
            if ((plane[i % plane.length] & 0xFF) == Example.IGNORED) {
                label.setZero();
            }
            i++;
        }
        return ObjectMatching.of(found, truth.numbers(), ObjectMatching.USUAL_IOU);
    }

    private RandomAccessibleInterval<IntType> find(TrueObjects truth) {
        long[] size = truth.numbers().dimensionsAsLongArray();
        long[] withClasses = Arrays.copyOf(size, size.length + 1);
        withClasses[size.length] = planes.get(0).length;
        RandomAccessibleInterval<IntType> labels = BoundaryInstances.at(output.threshold())
                .decode(ArrayImgs.floats(probabilities(), withClasses))
                .labels();
        if (output.fillHoles()) {
            LabelCleaning.fillHoles(labels);
        }
        double[] calibration = new double[size.length];
        Arrays.fill(calibration, 1);
        calibration[0] = truth.pixel();
        LabelCleaning.removeSmall(labels, (double) output.minSize(), calibration);
        return labels;
    }

    /** Of all planes, the class as last axis. */
    private float[] probabilities() {
        int classes = planes.get(0).length;
        int pixels = planes.get(0)[0].length;
        float[] values = new float[classes * planes.size() * pixels];
        for (int k = 0; k < classes; k++) {
            for (int z = 0; z < planes.size(); z++) {
                System.arraycopy(planes.get(z)[k], 0, values, (k * planes.size() + z) * pixels, pixels);
            }
        }
        return values;
    }

    /** The mean over the images; empty without any. */
    Optional<ObjectScore> score() {
        return images == 0 ? Optional.empty() : Optional.of(new ObjectScore(f1 / images, (double) empty / images));
    }
}
