package io.github.transfuse.segmentation;

import io.github.transfuse.image.Orientation;
import io.github.transfuse.image.ResultStore;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.labels.BoundaryInstances;
import io.github.transfuse.labels.ConnectedComponents;
import io.github.transfuse.labels.LabelCleaning;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * From a normalised image to its labels. The network predicts planes or volumes; objects lie in planes or reach through
 * the slices: the image is done in parts that hold the larger of both, one after the other.
 */
public final class Segmenter {
    private final Prediction prediction;
    private final LabelRules rules;
    private final ResultStore store;

    /**
     * With the mean of what these models find.
     *
     * @param eyes at least one; the images lie along the same axes
     * @param known what they found elsewhere; empty: they look
     */
    public Segmenter(List<Eye> eyes, LabelRules rules, Optional<KnownPlanes> known, Consumer<String> notes) {
        this.prediction = new Prediction(eyes, rules.threshold(), known);
        this.rules = rules;
        this.store = ResultStore.now(notes);
        rules.note().ifPresent(notes);
    }

    /**
     * What the parts gave, as the file lies.
     *
     * @param labels axes of the stack without the channel
     * @param probabilities with the class as last axis, if wanted
     * @param objects in all parts; empty for class maps
     */
    public record Result(
            RandomAccessibleInterval<? extends IntegerType<?>> labels,
            Optional<RandomAccessibleInterval<FloatType>> probabilities,
            OptionalLong objects) {
        private Result back(Orientation orientation) {
            return new Result(orientation.back(labels), probabilities.map(orientation::back), objects);
        }
    }

    /**
     * Segments all parts that are wanted.
     *
     * @param limited what is wanted of the result
     * @param outputs of the network
     */
    public Result run(LimitedResult limited, int outputs, Progress progress) throws IOException {
        NetworkParts planes = prediction.planes();
        long[] size = planes.resultSize();
        Parts parts =
                planes.parts(Math.max(prediction.spatial(), rules.objects().axes()));
        Optional<RandomAccessibleInterval<FloatType>> probabilities =
                rules.keepProbabilities() ? Optional.of(store.floats(with(size, outputs))) : Optional.empty();
        Work work = new Work(parts, limited, progress);
        if (rules.kind() == OutputSpec.Kind.CLASSES) {
            RandomAccessibleInterval<UnsignedByteType> labels = store.bytes(size);
            for (long index : wanted(parts, limited)) {
                RandomAccessibleInterval<UnsignedByteType> part = parts.part(labels, index);
                Target target = new Target(part, part(parts, probabilities, index, outputs));
                predict(work, index, target);
                clean(part);
                limited.cut(part, parts, index);
                cutProbabilities(work, index, target, part);
            }
            return new Result(labels, probabilities, OptionalLong.empty()).back(planes.orientation());
        }
        RandomAccessibleInterval<IntType> labels = store.ints(size);
        RandomAccessibleInterval<UnsignedByteType> aside = store.bytes(parts.size());
        long objects = 0;
        for (long index : wanted(parts, limited)) {
            Target target = new Target(aside, part(parts, probabilities, index, outputs));
            predict(work, index, target);
            RandomAccessibleInterval<IntType> part = parts.part(labels, index);
            objects += findObjects(target, part, limited, limited.pixels(parts, index));
            cutProbabilities(work, index, target, part);
        }
        return new Result(labels, probabilities, OptionalLong.of(objects)).back(planes.orientation());
    }

    private static long[] wanted(Parts parts, LimitedResult limited) {
        return LongStream.range(0, parts.count())
                .filter(index -> limited.wants(parts, index))
                .toArray();
    }

    private static <T extends IntegerType<T>> void cutProbabilities(
            Work work, long index, Target target, RandomAccessibleInterval<T> labels) {
        target.probabilities().ifPresent(image -> work.limited.cutProbabilities(image, labels, work.parts, index));
    }

    /** What is the same for all parts. */
    private record Work(Parts parts, LimitedResult limited, Progress progress) {}

    /** The part of the probabilities that are kept, or one aside where only the computation needs them. */
    private Optional<RandomAccessibleInterval<FloatType>> part(
            Parts parts, Optional<RandomAccessibleInterval<FloatType>> kept, long index, int outputs)
            throws IOException {
        if (kept.isPresent()) {
            return Optional.of(parts.part(kept.get(), index));
        }
        return rules.needsProbabilities() || prediction.needsMean()
                ? Optional.of(store.floats(with(parts.size(), outputs)))
                : Optional.empty();
    }

    /** Predicts a part, and as much around what is wanted as its objects need. */
    private void predict(Work work, long index, Target target) throws IOException {
        boolean complete;
        do {
            prediction.predict(work.parts, index, target, work.limited, work.progress);
            work.limited.cutPlanes(target.classes(), work.parts, index);
            target.probabilities().ifPresent(image -> work.limited.cutPlanesOfProbabilities(image, work.parts, index));
            complete = !work.limited.mayBeIncomplete() || isComplete(target, work.limited);
        } while (!complete);
    }

    private boolean isComplete(Target target, LimitedResult limited) throws IOException {
        RandomAccessibleInterval<UnsignedByteType> foreground = foreground(target);
        Parts objects = rules.parts(foreground);
        for (long i = 0; i < objects.count(); i++) {
            ConnectedComponents.Components pieces = ConnectedComponents.of(
                    objects.part(foreground, i), rules.objects().connectivity(), store.ints(objects.size()));
            if (!limited.isComplete(pieces)) {
                return false;
            }
        }
        return true;
    }

    /** 1 wherever objects of any kind may lie. */
    private RandomAccessibleInterval<UnsignedByteType> foreground(Target target) {
        if (rules.kind() == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            return BoundaryInstances.at(rules.threshold(), rules.splitDepth())
                    .foreground(target.probabilities().orElseThrow());
        }
        return Converters.convert(
                target.classes(), (value, out) -> out.set(value.get() == 0 ? 0 : 1), new UnsignedByteType());
    }

    private static long[] with(long[] size, long last) {
        long[] extended = Arrays.copyOf(size, size.length + 1);
        extended[size.length] = last;
        return extended;
    }

    /** Fills holes and removes what is too small from a class map, whose components are not numbered. */
    private void clean(RandomAccessibleInterval<UnsignedByteType> part) throws IOException {
        Parts objects = rules.parts(part);
        for (long i = 0; i < objects.count() && rules.changesClasses(); i++) {
            RandomAccessibleInterval<UnsignedByteType> classes = objects.part(part, i);
            if (rules.fillHoles()) {
                LabelCleaning.fillHoles(classes, store.ints(objects.size()));
            }
            if (rules.minSize() > 0 || rules.excludeEdges()) {
                removeComponents(classes, store.ints(objects.size()));
            }
        }
    }

    /** Those that are too small, or at the border. */
    private void removeComponents(
            RandomAccessibleInterval<UnsignedByteType> classes, RandomAccessibleInterval<IntType> numbered) {
        ConnectedComponents.Components components =
                ConnectedComponents.of(classes, rules.objects().connectivity(), numbered);
        long[] sizes = components.sizes();
        Set<Long> atEdges = rules.excludeEdges() ? LabelCleaning.atEdges(components.labels()) : Set.of();
        LoopBuilder.setImages(classes, components.labels()).forEachPixel((value, label) -> {
            if (!rules.isLarge(sizes[label.get()]) || atEdges.contains(label.getIntegerLong())) {
                value.setZero();
            }
        });
    }

    private long findObjects(
            Target found,
            RandomAccessibleInterval<IntType> target,
            LimitedResult limited,
            RandomAccessibleInterval<BitType> wanted)
            throws IOException {
        Parts objects = rules.parts(target);
        long count = 0;
        for (long i = 0; i < objects.count(); i++) {
            RandomAccessibleInterval<IntType> part = objects.part(target, i);
            number(found, objects, i, part);
            RandomAccessibleInterval<BitType> mask = objects.part(wanted, i);
            BitSet touching = limited.choosesObjects() ? limited.touching(part, mask) : new BitSet();
            if (rules.fillHoles()) {
                LabelCleaning.fillHoles(part, store.ints(objects.size()));
            }
            if (rules.excludeEdges()) {
                LabelCleaning.remove(part, LabelCleaning.atEdges(part));
            }
            if (limited.choosesObjects()) {
                limited.keep(part, mask, touching);
            }
            count += LabelCleaning.removeSmall(part, rules.minSize(), rules.calibration());
        }
        return count;
    }

    private void number(Target found, Parts objects, long index, RandomAccessibleInterval<IntType> part) {
        if (rules.kind() == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            BoundaryInstances.at(rules.threshold(), rules.splitDepth())
                    .decode(
                            found.probabilities()
                                    .map(image -> objects.part(image, index))
                                    .orElseThrow(),
                            part);
        } else {
            ConnectedComponents.of(
                    objects.part(found.classes(), index), rules.objects().connectivity(), part);
        }
    }
}
