package io.github.transfuse.torch.train;

import io.github.transfuse.engine.ConstantAnswer;
import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.ObjectScore;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.metrics.ClassAgreement;
import io.github.transfuse.metrics.Confusion;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.Augmenter;
import io.github.transfuse.samples.Example;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.torch.nn.StateDict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.img.array.ArrayImgs;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** One pass of a network over the validation examples, judged at each of several outputs. */
final class ValidationPass {
    private static final int PREVIEWS = 6;

    private final ExampleSet data;
    private final TrainingPlan plan;
    private final BatchTensors.Form form;
    private final List<OutputSpec> outputs;
    private final Decisions decisions;

    /**
     * A pass to be.
     *
     * @param outputs at which it is judged, 1 or more
     */
    ValidationPass(ExampleSet data, TrainingPlan plan, BatchTensors.Form form, List<OutputSpec> outputs) {
        this.data = data;
        this.plan = plan;
        this.form = form;
        this.outputs = outputs;
        this.decisions = new Decisions(outputs, form.classes());
    }

    /**
     * What a pass brought.
     *
     * @param scores at each output
     * @param previews of some examples at the first output, the same ones every time
     * @param maps what was decided for each example, if it was to be kept
     * @param decisions the rule
     */
    record Result(List<Scores> scores, List<Preview> previews, List<byte[]> maps, Decisions decisions) {

        /** The class map of an example at one of the outputs. */
        byte[] classes(int example, int output) {
            return decisions.classes(maps.get(example), output);
        }
    }

    /**
     * Runs it.
     *
     * @param keep whether what is decided is kept: a byte a pixel
     */
    Result run(WholeImages images, int threads, boolean keep) throws IOException {
        Totals totals = new Totals(keep);
        int count = data.validation().size();
        InOrder.run(count, threads, index -> judge(index, images), totals::add);
        return totals.result(count);
    }

    /** Scores one example; several threads do so at a time. */
    private Judged judge(int index, WholeImages images) throws IOException {
        Example example = data.validation().get(index);
        Truth truth = data.truths().get(index);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            BatchTensors batch =
                    BatchTensors.of(Augmenter.plain(example, PlannedExamples.isSoft(plan), form.normalization()), form);
            Tensor logits = images.logits(batch.images());
            double loss = DeepSupervision.loss(logits, batch.target(), batch.valid())
                    .item()
                    .toDouble();
            Optional<Preview> preview = index < PREVIEWS ? Optional.of(preview(example, logits)) : Optional.empty();
            Tensor stored = images.atStoredSize(logits, truth);
            ObjectTally.Plane plane = truth.objects().isPresent()
                    ? ObjectTally.plane(StateDict.floats(stored), truth, outputs)
                    : ObjectTally.Plane.NONE;
            return new Judged(truth, loss, decisions.of(stored), plane, preview);
        }
    }

    /** What an example brings. */
    private record Judged(Truth truth, double loss, byte[] map, ObjectTally.Plane plane, Optional<Preview> preview) {}

    /** What all examples bring so far. */
    private final class Totals {
        private final boolean keep;
        private final List<ClassAgreement> agreements =
                outputs.stream().map(output -> agreement()).toList();
        private final ObjectTally objects = new ObjectTally(outputs);
        private final List<Preview> previews = new ArrayList<>();
        private final List<byte[]> maps = new ArrayList<>();
        private double loss;

        Totals(boolean keep) {
            this.keep = keep;
        }

        void add(Judged judged) {
            loss += judged.loss;
            judged.preview.ifPresent(previews::add);
            for (int i = 0; i < agreements.size(); i++) {
                byte[] predicted = decisions.classes(judged.map, i);
                agreements.get(i).add(judged.truth.image(), confusion(predicted, judged.truth, classes(form)));
            }
            objects.add(judged.plane, judged.truth);
            if (keep) {
                maps.add(judged.map);
            }
        }

        Result result(int count) {
            List<Optional<ObjectScore>> found = objects.scores();
            List<Scores> scores = IntStream.range(0, agreements.size())
                    .mapToObj(i -> scores(agreements.get(i), found.get(i), count))
                    .toList();
            return new Result(scores, List.copyOf(previews), List.copyOf(maps), decisions);
        }

        private Scores scores(ClassAgreement agreement, Optional<ObjectScore> found, int count) {
            return new Scores(
                    loss / count,
                    agreement.dice(),
                    agreement.iou(),
                    agreement.correlation(),
                    Optional.of(answer(agreement.constant())),
                    found);
        }
    }

    private ClassAgreement agreement() {
        return new ClassAgreement(classes(form));
    }

    /** Background included. */
    static int classes(BatchTensors.Form form) {
        return Math.max(2, form.classes());
    }

    /** Compares class maps; what the truth ignores is left out. */
    static Confusion confusion(byte[] predicted, Truth truth, int classes) {
        return Confusion.of(
                ArrayImgs.unsignedBytes(predicted, predicted.length),
                ArrayImgs.unsignedBytes(truth.classes(), predicted.length),
                classes,
                Example.IGNORED);
    }

    private ConstantAnswer answer(ClassAgreement.Constant constant) {
        return new ConstantAnswer("everything " + name(constant.ofClass()), constant.dice());
    }

    private String name(int ofClass) {
        if (ofClass == 0) {
            return "background";
        }
        OutputSpec output = plan.spec().output();
        if (output.kind() == OutputSpec.Kind.BOUNDARY_INSTANCES) {
            return ofClass == 1 ? "inside of objects" : "boundary";
        }
        List<OutputSpec.ClassSpec> names = output.classes();
        return ofClass <= names.size() ? names.get(ofClass - 1).name() : "class " + ofClass;
    }

    /** Of a volume, the slice with the most foreground. */
    private Preview preview(Example whole, Tensor wholeLogits) {
        int fullest = whole.fullestSlice();
        Example example = whole.slice(fullest);
        Tensor logits = whole.isVolume() ? wholeLogits.select(2, fullest) : wholeLogits;
        byte[] truth = example.target().clone();
        byte[] predicted = decisions.classes(decisions.of(logits), 0);
        for (int i = 0; i < truth.length; i++) {
            int value = truth[i] & 0xFF;
            boolean soft = form.classes() == 1 && value != Example.IGNORED;
            truth[i] = soft ? (byte) (2 * value > Example.FOREGROUND ? 1 : 0) : truth[i];
        }
        return new Preview(
                        example.stem(),
                        example.height(),
                        example.width(),
                        example.image().rgb(),
                        predicted,
                        truth)
                .inTheBody(plan.spec().input());
    }
}
