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

    /**
     * Adds a plane.
     *
     * @param logits at the size of its mask, [K, H, W]; not copied, and written over
     * @param truth with objects; without, nothing is added
     */
    void add(float[] logits, Truth truth) {
        if (truth.objects().isEmpty()) {
            return;
        }
        int pixels = truth.height() * truth.width();
        float[][] classes = new float[logits.length / pixels][];
        Arrays.setAll(classes, k -> Arrays.copyOfRange(logits, k * pixels, (k + 1) * pixels));
        Probabilities.ofLogits(classes);
        planes.add(classes);
        known.add(truth.classes());
        TrueObjects objects = truth.objects().get();
        if (planes.size() == objects.planes()) {
            judge(objects);
            planes.clear();
            known.clear();
        }
    }

    private void judge(TrueObjects truth) {
        RandomAccessibleInterval<IntType> found = find(truth);
        int i = 0;
        for (IntType label : IterableRandomAccessibleInterval.create(found)) {
            byte[] plane = known.get(i / known.get(0).length);
            if ((plane[i % plane.length] & 0xFF) == Example.IGNORED) {
                label.setZero();
            }
            i++;
        }
        ObjectMatching matching = ObjectMatching.of(found, truth.numbers(), ObjectMatching.USUAL_IOU);
        f1 += matching.f1();
        empty += matching.truth() == 0 ? 1 : 0;
        images++;
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
