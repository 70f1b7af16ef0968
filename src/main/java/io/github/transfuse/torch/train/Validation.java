package io.github.transfuse.torch.train;

import io.github.transfuse.engine.EpochReport.Scores;
import io.github.transfuse.engine.Preview;
import io.github.transfuse.engine.TrainingPlan;
import io.github.transfuse.metrics.ClassAgreement;
import io.github.transfuse.model.OutputSpec;
import io.github.transfuse.samples.ExampleSet;
import io.github.transfuse.samples.Truth;
import io.github.transfuse.torch.infer.InferenceForm;
import io.github.transfuse.torch.nn.TransFuseNetwork;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Scores a network on the validation examples at the size of the stored masks; see {@link ClassAgreement} for the figures.
 */
final class Validation {

    private static final int MAX_THREADS = 16;

    private final ExampleSet data;
    private final TrainingPlan plan;
    private final BatchTensors.Form form;
    private final Consumer<String> notes;
    private final int threads;
    private List<Preview> previews = List.of();
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
        ValidationPass pass =
                new ValidationPass(data, plan, form, List.of(plan.spec().output()));
        ValidationPass.Result result = run(pass, network, bf16, false);
        previews = result.previews();
        return result.scores().get(0);
    }

    /** As {@link #score}, at several outputs in one pass; what is decided is kept, to be compared with another pass. */
    ValidationPass.Result scoreAt(List<OutputSpec> outputs, TransFuseNetwork network, boolean bf16) throws IOException {
        return run(new ValidationPass(data, plan, form, outputs), network, bf16, true);
    }

    /** As above, of an inference form. */
    ValidationPass.Result scoreAt(List<OutputSpec> outputs, InferenceForm inference) throws IOException {
        return run(new ValidationPass(data, plan, form, outputs), inference::predict, true);
    }

    private ValidationPass.Result run(ValidationPass pass, TransFuseNetwork network, boolean bf16, boolean keep)
            throws IOException {
        network.train(false);
        UnaryOperator<Tensor> forward = batch -> {
            try (Autocast cast = Autocast.bf16(form.device().type(), bf16)) {
                return network.forward(batch).map2();
            }
        };
        return run(pass, forward, keep);
    }

    private ValidationPass.Result run(ValidationPass pass, UnaryOperator<Tensor> forward, boolean keep)
            throws IOException {
        WholeImages images = new WholeImages(plan.spec(), forward, form.device(), batchSize, notes);
        ValidationPass.Result result = pass.run(images, threads, keep);
        batchSize = images.batchSize();
        return result;
    }

    /** Whether the network can be computed in int8. */
    boolean isOfPlanesOnProcessor() {
        return form.device().is_cpu()
                && plan.spec().network().variant().scales().axes() == 2;
    }

    /** Whether objects are found and matched. */
    boolean judgesObjects() {
        return data.truths().stream().anyMatch(truth -> truth.objects().isPresent());
    }

    /**
     * How alike the class maps of two passes are: their mean Dice over the images, 1 where nothing changes. Whether a
     * model may be used in bf16 without being asked depends on it.
     *
     * @param output of the first pass
     * @param other judged at this output alone
     */
    double agreement(ValidationPass.Result one, int output, ValidationPass.Result other) {
        int classes = ValidationPass.classes(form);
        ClassAgreement agreement = new ClassAgreement(classes);
        for (int i = 0; i < one.maps().size(); i++) {
            Truth stored = data.truths().get(i);
            Truth reference = new Truth(stored.image(), stored.height(), stored.width(), one.classes(i, output));
            agreement.add(stored.image(), ValidationPass.confusion(other.classes(i, 0), reference, classes));
        }
        return agreement.dice();
    }

    /** Some examples as segmented in the last {@link #score}, the same ones every time. */
    List<Preview> previews() {
        return previews;
    }
}
