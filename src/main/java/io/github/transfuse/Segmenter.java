package io.github.transfuse;

import io.github.transfuse.labels.BoundaryInstances;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.Connectivity;
import io.github.transfuse.labels.LabelCleaning;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.tiling.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/** From the normalised planes or volumes of an image to their labels: each alone, one after the other. */
final class Segmenter {
    private final Inference inference;
    private final LabelRules rules;
    private final ResultStore store;

    Segmenter(Inference inference, LabelRules rules, Consumer<String> notes) {
        this.inference = inference;
        this.rules = rules;
        this.store = ResultStore.now(notes);
    }

    /**
     * What the planes gave.
     *
     * @param labels axes of the stack without the channel
     * @param probabilities with the class as last axis, if wanted
     * @param objects in all planes; empty for class maps
     */
    record Result(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            Optional<RandomAccessibleInterval<FloatType>> probabilities,
            OptionalLong objects) {}

    /**
     * Segments all planes.
     *
     * @param outputs of the network
     */
    Result run(Planes planes, int outputs, Progress progress) throws IOException {
        long[] size = planes.resultSize();
        Optional<RandomAccessibleInterval<FloatType>> probabilities =
                rules.keepProbabilities() ? Optional.of(store.floats(with(size, outputs))) : Optional.empty();
        boolean classes = rules.kind() == OutputSpec.Kind.CLASSES;
        if (classes) {
            RandomAccessibleInterval<UnsignedByteType> labels = store.bytes(size);
            for (long index = 0; index < planes.count(); index++) {
                RandomAccessibleInterval<UnsignedByteType> plane = planes.plane(labels, index);
                classify(planes, index, new Target(plane, part(planes, probabilities, index, outputs)), progress);
                clean(plane);
            }
            return new Result(labels, probabilities, OptionalLong.empty());
        }
        RandomAccessibleInterval<IntType> labels = store.ints(size);
        RandomAccessibleInterval<UnsignedByteType> aside = store.bytes(planes.planeSize());
        long objects = 0;
        for (long index = 0; index < planes.count(); index++) {
            Target target = new Target(aside, part(planes, probabilities, index, outputs));
            classify(planes, index, target, progress);
            objects += findObjects(target, planes.plane(labels, index));
        }
        return new Result(labels, probabilities, OptionalLong.of(objects));
    }

    /** Where the classes and probabilities of one plane go. */
    private record Target(
            RandomAccessibleInterval<UnsignedByteType> classes,
            Optional<RandomAccessibleInterval<FloatType>> probabilities) {}

    /** The plane of the probabilities that are kept, or one aside where only the objects need them. */
    private Optional<RandomAccessibleInterval<FloatType>> part(
            Planes planes, Optional<RandomAccessibleInterval<FloatType>> kept, long index, int outputs)
            throws IOException {
        if (kept.isPresent()) {
            return Optional.of(planes.plane(kept.get(), index));
        }
        return rules.needsProbabilities()
                ? Optional.of(store.floats(with(planes.planeSize(), outputs)))
                : Optional.empty();
    }

    private void classify(Planes planes, long index, Target target, Progress progress) throws IOException {
        inference.run(
                planes.input(index),
                new PlaneResult(rules.threshold(), target.classes, target.probabilities),
                new PartProgress(progress, index, planes.count()));
    }

    private static long[] with(long[] size, long last) {
        long[] extended = Arrays.copyOf(size, size.length + 1);
        extended[size.length] = last;
        return extended;
    }

    /** Fills holes and removes what is too small from a class map, whose components are not numbered. */
    private void clean(RandomAccessibleInterval<UnsignedByteType> classes) throws IOException {
        if (rules.fillHoles()) {
            LabelCleaning.fillHoles(classes);
        }
        if (rules.minSize() > 1) {
            ConnectedComponents.Components components =
                    ConnectedComponents.of(classes, Connectivity.CORNERS, store.ints(classes.dimensionsAsLongArray()));
            long[] sizes = components.sizes();
            LoopBuilder.setImages(classes, components.labels()).forEachPixel((value, label) -> {
                if (sizes[label.get()] < rules.minSize()) {
                    value.setZero();
                }
            });
        }
    }

    private long findObjects(Target found, RandomAccessibleInterval<IntType> target) {
        if (rules.kind() == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            RandomAccessibleInterval<IntType> objects = BoundaryInstances.DEFAULT
                    .decode(found.probabilities.orElseThrow())
                    .labels();
            LoopBuilder.setImages(objects, target).forEachPixel((from, to) -> to.set(from));
        } else {
            ConnectedComponents.of(found.classes, Connectivity.CORNERS, target);
        }
        if (rules.fillHoles()) {
            LabelCleaning.fillHoles(target);
        }
        return LabelCleaning.removeSmall(target, (double) rules.minSize());
    }

    /** Progress of one plane of several. */
    private record PartProgress(Progress whole, long index, long count) implements Progress {
        @Override
        public void report(long done, long total, String step) {
            whole.report(index * total + done, count * total, step);
        }

        @Override
        public boolean isCanceled() {
            return whole.isCanceled();
        }
    }
}
