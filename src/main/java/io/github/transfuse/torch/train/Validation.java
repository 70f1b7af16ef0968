package io.github.transfuse.torch.train;

import io.github.transfuse.engine.ConstantAnswer;
import io.github.transfuse.engine.EpochReport.Scores;
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
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.imglib2.img.array.ArrayImgs;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scores a network on the validation examples at the size of the stored masks; see {@link ClassAgreement} for the figures.
 */
final class Validation {

    private static final int PREVIEWS = 6;
    private static final int MAX_THREADS = 16;

    private final ExampleSet data;
    private final TrainingPlan plan;
    private final BatchTensors.Form form;
    private final Consumer<String> notes;
    private final List<Preview> previews = new ArrayList<>();
    private final int threads;
    private int batchSize;

    /**
     * A validation of the plan's model on a device.
     *
     * @param notes told when memory is too small for batches as large as in training
     */
    Validation(ExampleSet data, TrainingPlan plan, BatchTensors.Form form, Consumer<String> notes) {
        this(data, plan, form, notes, form.device().is_cpu() ? 1 : Math.min(MAX_THREADS, torch.get_num_threads()));
    }

    /** With so many threads: beside a network on a GPU cores are free, which prepare images and find their objects. */
    Validation(ExampleSet data, TrainingPlan plan, BatchTensors.Form form, Consumer<String> notes, int threads) {
        this.data = data;
        this.plan = plan;
        this.form = form;
        this.notes = notes;
        this.batchSize = plan.schedule().batchSize();
        this.threads = threads;
    }

    /** Runs the network in evaluation mode; it is left in that mode. */
    Scores score(TransFuseNetwork network, boolean bf16) throws IOException {
        network.train(false);
        previews.clear();
        WholeImages images = images(network, bf16);
        Totals totals = new Totals(
                new ClassAgreement(last() + 1), new ObjectTally(plan.spec().output()));
        int count = data.validation().size();
        InOrder.run(count, threads, index -> judge(index, images), totals::add);
        batchSize = images.batchSize();
        return new Scores(
                totals.loss / count,
                totals.agreement.dice(),
                totals.agreement.iou(),
                totals.agreement.correlation(),
                Optional.of(answer(totals.agreement.constant())),
                totals.objects.score());
    }

    /** Scores one example; several threads do so at a time. */
    private Judged judge(int index, WholeImages images) throws IOException {
        Example example = data.validation().get(index);
        Truth truth = data.truths().get(index);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            BatchTensors batch = batch(example);
            Tensor logits = images.logits(batch.images());
            double loss = DeepSupervision.loss(logits, batch.target(), batch.valid())
                    .item()
                    .toDouble();
            Optional<Preview> preview = index < PREVIEWS ? Optional.of(preview(example, logits)) : Optional.empty();
            Tensor stored = images.atStoredSize(logits, truth);
            Confusion confusion = confusion(bytes(classes(stored)), truth);
            ObjectTally.Plane plane = truth.objects().isPresent()
                    ? ObjectTally.plane(
                            StateDict.floats(stored), truth, plan.spec().output())
                    : ObjectTally.Plane.NONE;
            return new Judged(truth, loss, confusion, plane, preview);
        }
    }

    /** What an example brings. */
    private record Judged(
            Truth truth, double loss, Confusion confusion, ObjectTally.Plane plane, Optional<Preview> preview) {}

    /** What all examples bring so far. */
    private final class Totals {
        private final ClassAgreement agreement;
        private final ObjectTally objects;
        private double loss;

        Totals(ClassAgreement agreement, ObjectTally objects) {
            this.agreement = agreement;
            this.objects = objects;
        }

        void add(Judged judged) {
            loss += judged.loss;
            judged.preview.ifPresent(previews::add);
            agreement.add(judged.truth.image(), judged.confusion);
            objects.add(judged.plane, judged.truth);
        }
    }

    /** Whether objects are found and matched. */
    boolean judgesObjects() {
        return data.truths().stream().anyMatch(truth -> truth.objects().isPresent());
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

    private WholeImages images(TransFuseNetwork network, boolean bf16) {
        UnaryOperator<Tensor> forward = images -> {
            try (Autocast cast = Autocast.bf16(form.device().type(), bf16)) {
                return network.forward(images).map2();
            }
        };
        return new WholeImages(plan.spec(), forward, form.device(), batchSize, notes);
    }

    /** The greatest class. */
    private int last() {
        return Math.max(1, form.classes() - 1);
    }

    /**
     * How alike the class maps in bf16 and in float32 are: their mean Dice over the images, 1 where nothing changes.
     * Whether a model may be used in bf16 without being asked depends on it.
     */
    double bf16Agreement(TransFuseNetwork network) throws IOException {
        network.train(false);
        WholeImages exact = images(network, false);
        WholeImages rounded = images(network, true);
        ClassAgreement agreement = new ClassAgreement(last() + 1);
        for (int i = 0; i < data.validation().size(); i++) {
            Truth stored = data.truths().get(i);
            Truth reference = new Truth(stored.image(), stored.height(), stored.width(), predict(exact, i));
            agreement.add(stored.image(), confusion(predict(rounded, i), reference));
        }
        return agreement.dice();
    }

    private BatchTensors batch(Example example) {
        return BatchTensors.of(Augmenter.plain(example, PlannedExamples.isSoft(plan), form.normalization()), form);
    }

    private byte[] predict(WholeImages images, int index) throws IOException {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            BatchTensors batch = batch(data.validation().get(index));
            Tensor logits = images.logits(batch.images());
            return bytes(classes(images.atStoredSize(logits, data.truths().get(index))));
        }
    }

    /** Some examples as segmented in the last {@link #score}, the same ones every time. */
    List<Preview> previews() {
        return List.copyOf(previews);
    }

    /** Of a volume, the slice with the most foreground. */
    private Preview preview(Example whole, Tensor wholeLogits) {
        int fullest = whole.fullestSlice();
        Example example = whole.slice(fullest);
        Tensor logits = whole.isVolume() ? wholeLogits.select(2, fullest) : wholeLogits;
        byte[] truth = example.target().clone();
        byte[] predicted = bytes(classes(logits));
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
                truth);
    }

    private static Tensor classes(Tensor logits) {
        Tensor found = logits.size(1) == 1 ? logits.gt(new Scalar(0)) : logits.argmax(new LongOptional(1), false);
        return found.to(ScalarType.Float);
    }

    private static byte[] bytes(Tensor classes) {
        float[] values = StateDict.floats(classes);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private Confusion confusion(byte[] predicted, Truth truth) {
        return Confusion.of(
                ArrayImgs.unsignedBytes(predicted, predicted.length),
                ArrayImgs.unsignedBytes(truth.classes(), predicted.length),
                last() + 1,
                Example.IGNORED);
    }
}
