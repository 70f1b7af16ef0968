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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.IterableRandomAccessibleInterval;

/**
 * Finds the objects of validation images as segmenting with the same model does, and matches them as evaluation does; at
 * several outputs beside each other, where a threshold or a least size is to be chosen. The slices of a stack come one
 * after the other, and are judged together when they are complete.
 */
final class ObjectTally {
    private final List<OutputSpec> outputs;
    private final List<float[][]> planes = new ArrayList<>();
    private final List<byte[]> known = new ArrayList<>();
    private final double[] f1;
    private int empty;
    private int images;

    /**
     * No images yet.
     *
     * @param outputs of the model: how strict, and what is cleaned
     */
    ObjectTally(List<OutputSpec> outputs) {
        this.outputs = List.copyOf(outputs);
        f1 = new double[outputs.size()];
    }

    /** One plane alone. */
    private ObjectTally(List<OutputSpec> outputs, float[][] classes, byte... mask) {
        this(outputs);
        planes.add(classes);
        known.add(mask);
    }

    /**
     * What is known of a plane before the others of its stack: of a plane alone, already how its objects match.
     *
     * @param probabilities of the classes, in slices of a stack
     * @param matchings of a plane that is no slice, at each output
     */
    record Plane(float[][] probabilities, List<ObjectMatching> matchings) {
        /** Without objects. */
        static final Plane NONE = new Plane(new float[0][], List.of());
    }

    /**
     * Looks at a plane; several threads can do so at a time.
     *
     * @param logits at the size of its mask, [K, H, W]; not copied, and written over
     * @param truth with objects
     * @param outputs of the model
     */
    static Plane plane(float[] logits, Truth truth, List<OutputSpec> outputs) {
        int pixels = truth.height() * truth.width();
        float[][] classes = new float[logits.length / pixels][];
        Arrays.setAll(classes, k -> Arrays.copyOfRange(logits, k * pixels, (k + 1) * pixels));
        Probabilities.ofLogits(classes);
        TrueObjects objects = truth.objects().orElseThrow();
        return objects.planes() > 1
                ? new Plane(classes, List.of())
                : new Plane(new float[0][], new ObjectTally(outputs, classes, truth.classes()).matchings(objects));
    }

    /** As {@link #plane} and {@link #add(Plane, Truth)}; without objects nothing is added. */
    void add(float[] logits, Truth truth) {
        if (truth.objects().isPresent()) {
            add(plane(logits, truth, outputs), truth);
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
        if (!plane.matchings.isEmpty()) {
            count(plane.matchings);
            return;
        }
        planes.add(plane.probabilities);
        known.add(truth.classes());
        TrueObjects objects = truth.objects().get();
        if (planes.size() == objects.planes()) {
            count(matchings(objects));
            planes.clear();
            known.clear();
        }
    }

    private void count(List<ObjectMatching> matchings) {
        for (int i = 0; i < f1.length; i++) {
            f1[i] += matchings.get(i).f1();
        }
        empty += matchings.get(0).truth() == 0 ? 1 : 0;
        images++;
    }

    private List<ObjectMatching> matchings(TrueObjects truth) {
        long[] size = truth.numbers().dimensionsAsLongArray();
        long[] withClasses = Arrays.copyOf(size, size.length + 1);
        withClasses[size.length] = planes.get(0).length;
        Img<FloatType> probabilities = ArrayImgs.floats(probabilities(), withClasses);
        ObjectMatching[] matchings = new ObjectMatching[outputs.size()];
        // objects are found once for all least sizes, which are taken off in rising order
        List<Integer> order = IntStream.range(0, matchings.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> outputs.get(i).threshold())
                        .thenComparing(i -> outputs.get(i).fillHoles())
                        .thenComparingDouble(i -> outputs.get(i).splitDepth())
                        .thenComparingLong(i -> outputs.get(i).minSize()))
                .toList();
        RandomAccessibleInterval<IntType> found = truth.numbers();
        OutputSpec before = null;
        for (int i : order) {
            OutputSpec output = outputs.get(i);
            found = before != null && foundAlike(before, output) ? found : find(probabilities, output);
            LabelCleaning.removeSmall(found, (double) output.minSize(), truth.calibration());
            matchings[i] = ObjectMatching.of(withoutIgnored(found), truth.numbers(), ObjectMatching.USUAL_IOU);
            before = output;
        }
        return List.of(matchings);
    }

    private static boolean foundAlike(OutputSpec one, OutputSpec other) {
        return one.threshold() == other.threshold()
                && one.fillHoles() == other.fillHoles()
                && one.splitDepth() == other.splitDepth();
    }

    private static RandomAccessibleInterval<IntType> find(Img<FloatType> probabilities, OutputSpec output) {
        RandomAccessibleInterval<IntType> labels = BoundaryInstances.at(output.threshold(), output.splitDepth())
                .decode(probabilities)
                .labels();
        if (output.fillHoles()) {
            LabelCleaning.fillHoles(labels);
        }
        return labels;
    }

    /** A copy. */
    private Img<IntType> withoutIgnored(RandomAccessibleInterval<IntType> found) {
        int[] labels = new int[Math.toIntExact(Intervals.numElements(found))];
        int i = 0;
        for (IntType label : IterableRandomAccessibleInterval.create(found)) {
            byte[] plane = known.get(i / known.get(0).length);
            labels[i] = (plane[i % plane.length] & 0xFF) == Example.IGNORED ? 0 : label.get();
            i++;
        }
        return ArrayImgs.ints(labels, found.dimensionsAsLongArray());
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

    /** The mean over the images at each output; empty without any. */
    List<Optional<ObjectScore>> scores() {
        return Arrays.stream(f1)
                .mapToObj(sum -> images == 0
                        ? Optional.<ObjectScore>empty()
                        : Optional.of(new ObjectScore(sum / images, (double) empty / images)))
                .toList();
    }
}
