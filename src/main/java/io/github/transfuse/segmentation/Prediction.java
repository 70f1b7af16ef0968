package io.github.transfuse.segmentation;

import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.MeanResult;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.inference.Parts;
import io.github.transfuse.inference.PlaneResult;
import io.github.transfuse.inference.Triplanar;
import io.github.transfuse.labels.ClassMap;
import io.github.transfuse.model.InputSpec;
import io.github.transfuse.progress.PartProgress;
import io.github.transfuse.progress.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The classes and probabilities of parts of an image: those of one model, or of the mean of the probabilities of several.
 *
 * @param eyes at least one; the images lie along the same axes
 * @param threshold of the probability, for one class
 * @param known what the models found elsewhere; empty: they are asked
 */
record Prediction(List<Eye> eyes, double threshold, Optional<KnownPlanes> known) {

    /** The image as the first model sees it. */
    NetworkParts planes() {
        return eyes.get(0).planes();
    }

    /** Axes of the largest part that a model sees at once. */
    int spatial() {
        return eyes.stream().mapToInt(eye -> eye.planes().spatial()).max().orElseThrow();
    }

    /** Whether classes are those of a mean of probabilities, and not of logits. */
    boolean needsMean() {
        return known.isEmpty() && (isOfSeveral() || eyes.get(0).mode() == InputSpec.Mode.TRIPLANAR);
    }

    private boolean isOfSeveral() {
        return eyes.size() > 1;
    }

    /** Predicts all wanted planes or volumes of a part. */
    void predict(Parts parts, long index, Target target, LimitedResult limited, Progress progress) throws IOException {
        if (known.isPresent()) {
            copy(known.get(), parts, index, target);
            return;
        }
        if (isOfSeveral()) {
            target.clear();
        }
        for (int e = 0; e < eyes.size(); e++) {
            Progress step = new PartProgress(progress, index * eyes.size() + e, parts.count() * eyes.size());
            predict(eyes.get(e), new Work(parts, index, limited), target, step);
        }
        if (needsMean()) {
            ClassMap.ofProbabilities(threshold).classify(target.probabilities().orElseThrow(), target.classes());
        }
    }

    private void copy(KnownPlanes found, Parts parts, long index, Target target) throws IOException {
        Parts inner = new Parts(parts.size(), planes().spatial());
        for (long i = 0; i < inner.count(); i++) {
            Target plane = target.part(inner, i);
            found.source().copy(index * inner.count() + i, plane.classes(), plane.probabilities());
        }
    }

    /** A part of an image, and what is wanted of it. */
    private record Work(Parts parts, long index, LimitedResult limited) {}

    private void predict(Eye eye, Work work, Target target, Progress progress) throws IOException {
        NetworkParts planes = eye.planes();
        var pixels = work.parts.part(planes.seen().pixels(), work.index);
        Parts inner = new Parts(work.parts.size(), planes.spatial());
        for (long i = 0; i < inner.count(); i++) {
            if (work.limited.wants(work.parts, work.index, inner, i)) {
                Inference.Plane seen =
                        new Inference.Plane(inner.part(pixels, i), planes.seenNormalization(), planes.pixelSize());
                predict(eye, seen, target.part(inner, i), new PartProgress(progress, i, inner.count()));
            } else if (!isOfSeveral()) {
                target.part(inner, i).clear();
            }
        }
    }

    private void predict(Eye eye, Inference.Plane seen, Target target, Progress step) throws IOException {
        if (eye.mode() == InputSpec.Mode.TRIPLANAR) {
            new Triplanar(eye.inference()).mean(seen, target.probabilities().orElseThrow(), eyes.size(), step);
        } else if (isOfSeveral()) {
            eye.inference().run(seen, new MeanResult(target.probabilities().orElseThrow(), eyes.size()), step);
        } else {
            eye.inference().run(seen, new PlaneResult(threshold, target.classes(), target.probabilities()), step);
        }
    }
}
